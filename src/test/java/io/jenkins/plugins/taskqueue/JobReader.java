package io.jenkins.plugins.taskqueue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import hudson.model.Item;
import hudson.model.User;
import hudson.security.ACL;
import hudson.security.ACLContext;
import hudson.security.AccessDeniedException3;
import hudson.security.AuthorizationStrategy;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import jenkins.model.Jenkins;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.MockAuthorizationStrategy;
import org.kohsuke.stapler.verb.POST;

/** Somebody who may read a job and not configure it. */
final class JobReader {
    private JobReader() {}

    /** Web methods of a form, by how their names begin. */
    static List<Method> methods(Class<?> form, String prefix) {
        return Arrays.stream(form.getDeclaredMethods())
                .filter(method -> method.getName().startsWith(prefix))
                .toList();
    }

    /** No check of the form answers to them, whatever more they look at. */
    static void isRefused(JenkinsRule jenkins, Item job, Object form, List<Method> checks, Runnable more) {
        jenkins.jenkins.setSecurityRealm(jenkins.createDummySecurityRealm());
        jenkins.jenkins.setAuthorizationStrategy(new MockAuthorizationStrategy()
                .grant(Jenkins.READ, Item.READ)
                .everywhere()
                .to("reader"));
        try (ACLContext as = ACL.as2(User.getById("reader", true).impersonate2())) {
            assertThat(checks).allSatisfy(check -> {
                assertThat(check.isAnnotationPresent(POST.class)).isTrue();
                Object[] values = new Object[check.getParameterCount()];
                Arrays.fill(values, "x");
                values[0] = job;
                assertThatThrownBy(() -> check.invoke(form, values))
                        .isInstanceOf(InvocationTargetException.class)
                        .hasCauseInstanceOf(AccessDeniedException3.class);
            });
            more.run();
        } finally {
            jenkins.jenkins.setAuthorizationStrategy(new AuthorizationStrategy.Unsecured());
        }
    }
}
