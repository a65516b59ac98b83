package io.jenkins.plugins.taskqueue.engine;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A cluster some of whose calls a test changes. */
final class Changed {
    private Changed() {}

    /** The call as it is without the change. */
    interface Original {
        Object make() throws Exception;
    }

    interface Change {
        Object make(String call, Object[] arguments, Original original) throws Exception;
    }

    static Cluster by(Cluster cluster, Change change) {
        Class<?>[] type = {Cluster.class};
        return (Cluster) Proxy.newProxyInstance(
                Changed.class.getClassLoader(),
                type,
                (proxy, method, arguments) -> change.make(method.getName(), arguments, () -> {
                    try {
                        return method.invoke(cluster, arguments);
                    } catch (InvocationTargetException e) {
                        throw (Exception) e.getCause();
                    }
                }));
    }
}
