package io.jenkins.plugins.taskqueue.containers.check;

/**
 * What was found of one rule.
 *
 * @param sentence what was seen, where, and for a broken rule what to do; may quote the ambassador
 */
public record Finding(Rule rule, Verdict verdict, String sentence) {}
