package io.jenkins.plugins.taskqueue.containers.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * The stages of a command line, {@code --stage A=IMAGE -- COMMAND ARG --stage B=IMAGE -- COMMAND}. Everything after the first
 * "--" comes as positional parameters, so that the later stages are found in them here.
 *
 * @param text NAME=IMAGE
 * @param command what follows its "--"; empty for the image's own
 */
record StageArguments(String text, List<String> command) {
    private static final String STAGE = "--stage";
    private static final String DASHES = "--";

    /**
     * @param options the values of the option before the first "--"
     * @param rest what follows that
     * @throws IllegalArgumentException with a sentence where something else than a stage follows a stage
     */
    static List<StageArguments> of(List<String> options, List<String> rest) {
        List<StageArguments> stages = new ArrayList<>();
        options.forEach(text -> stages.add(new StageArguments(text, new ArrayList<>())));
        boolean inCommand = true;
        for (int i = 0; i < rest.size(); i++) {
            String word = rest.get(i);
            if (word.startsWith(STAGE + "=") || word.equals(STAGE) && i + 1 < rest.size()) {
                String text = word.equals(STAGE) ? rest.get(++i) : word.substring(STAGE.length() + 1);
                stages.add(new StageArguments(text, new ArrayList<>()));
                inCommand = false;
            } else if (!inCommand && word.equals(DASHES)) {
                inCommand = true;
            } else if (inCommand) {
                stages.get(stages.size() - 1).command().add(word);
            } else {
                throw new IllegalArgumentException("After --stage "
                        + stages.get(stages.size() - 1).text()
                        + " comes \"--\" with its command, or the next --stage, not \""
                        + word + "\": give all other options before the first \"--\".");
            }
        }
        return stages;
    }
}
