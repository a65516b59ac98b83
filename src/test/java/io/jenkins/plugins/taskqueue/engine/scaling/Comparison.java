package io.jenkins.plugins.taskqueue.engine.scaling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The figures and pictures of docs/scaling.md. */
final class Comparison {
    private static final int MOST = 50;

    private Comparison() {}

    private static Simulation.Chooser ours(Duration drainWithin) {
        return Choosers.scaler(new ScalingSpec(1, MOST, ScalingSpec.UTILIZATION, drainWithin, ScalingSpec.WINDOW));
    }

    /** @param fixed as many as its busiest hour needs at 90 % */
    private static Map<String, Simulation> play(Trace trace, int fixed, Duration drainWithin) {
        Map<String, Simulation> played = new LinkedHashMap<>();
        played.put("Task Queue", Simulation.play(trace, ours(drainWithin)));
        played.put("fixed, " + fixed, Simulation.play(trace, Choosers.fixed(fixed)));
        played.put("KEDA's formula", Simulation.play(trace, Choosers.keda(1, MOST)));
        return played;
    }

    static Map<Trace, Map<String, Simulation>> all() {
        Map<Trace, Map<String, Simulation>> all = new LinkedHashMap<>();
        all.put(Traces.book(30), play(Traces.book(30), 1, null));
        all.put(Traces.book(60), play(Traces.book(60), 2, null));
        all.put(Traces.book(120), play(Traces.book(120), 3, null));
        all.put(Traces.step(), play(Traces.step(), 12, null));
        all.put(Traces.burst(), play(Traces.burst(), 3, null));
        all.put(Traces.backlog(), play(Traces.backlog(), 3, Duration.ofMinutes(10)));
        all.put(Traces.day(), play(Traces.day(), 12, null));
        all.put(Traces.noise(), play(Traces.noise(), 7, null));
        return all;
    }

    static String table(Map<Trace, Map<String, Simulation>> all) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "| traffic | parallelism by | mean wait | 95 % wait at most | slots held, on the average | changes an hour |");
        lines.add("| --- | --- | ---: | ---: | ---: | ---: |");
        all.forEach((trace, played) -> played.forEach((way, one) -> lines.add(String.format(
                Locale.ROOT,
                "| %s | %s | %.0f s | %.0f s | %.1f | %.1f |",
                trace.name(),
                way,
                one.meanWait(),
                one.wait(95),
                (double) one.slotSeconds() / trace.seconds(),
                one.changes() * 3600.0 / trace.seconds()))));
        return String.join("\n", lines) + "\n";
    }

    /** The parallelism over the time, a line for each way. */
    static String picture(Trace trace, Map<String, Simulation> played) {
        String[] colours = {"#0b6e99", "#9a9a9a", "#c4561a"};
        int most = played.values().stream().mapToInt(Simulation::most).max().orElse(1);
        StringBuilder svg = new StringBuilder(
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 240\""
                        + " font-family=\"sans-serif\" font-size=\"12\">\n<rect width=\"720\" height=\"240\" fill=\"#fff\"/>\n");
        svg.append("<text x=\"40\" y=\"16\">Parallelism: ").append(trace.name()).append("</text>\n");
        for (int hour = 0; hour <= trace.seconds() / 3600; hour += Math.max(1, trace.seconds() / 3600 / 8)) {
            svg.append(
                    String.format(Locale.ROOT, "<text x=\"%d\" y=\"234\">%d h</text>\n", x(hour * 3600, trace), hour));
        }
        svg.append(String.format(Locale.ROOT, "<text x=\"8\" y=\"%d\">%d</text>\n", y(most, most) + 4, most));
        int way = 0;
        for (Map.Entry<String, Simulation> one : played.entrySet()) {
            svg.append("<path fill=\"none\" stroke-width=\"1.5\" stroke=\"")
                    .append(colours[way])
                    .append("\" d=\"")
                    .append(path(one.getValue().parallelism(), trace, most))
                    .append("\"/>\n");
            svg.append(String.format(
                    Locale.ROOT,
                    "<text x=\"%d\" y=\"32\" fill=\"%s\">%s</text>\n",
                    40 + way * 150,
                    colours[way],
                    one.getKey()));
            way++;
        }
        return svg.append("</svg>\n").toString();
    }

    private static String path(List<Integer> parallelism, Trace trace, int most) {
        StringBuilder path = new StringBuilder("M" + x(0, trace) + " " + y(parallelism.get(0), most));
        for (int second = 1; second < parallelism.size(); second++) {
            if (!parallelism.get(second).equals(parallelism.get(second - 1))) {
                path.append("H").append(x(second, trace)).append("V").append(y(parallelism.get(second), most));
            }
        }
        return path.append("H").append(x(trace.seconds(), trace)).toString();
    }

    private static int x(int second, Trace trace) {
        return 30 + (int) (680L * second / trace.seconds());
    }

    private static int y(int parallelism, int most) {
        return 216 - 172 * parallelism / most;
    }
}
