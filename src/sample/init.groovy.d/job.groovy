// Makes the sample job, unless it is there: what you change in it stays.
import hudson.model.ParametersDefinitionProperty
import hudson.model.StringParameterDefinition
import jenkins.model.Jenkins
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition
import org.jenkinsci.plugins.workflow.job.WorkflowJob

if (Jenkins.get().getItem('squares') == null) {
    String image = System.getenv('TASKQUEUE_CLUSTER_IMAGE') ?: 'busybox:1'
    WorkflowJob job = Jenkins.get().createProject(WorkflowJob, 'squares')
    job.addProperty(new ParametersDefinitionProperty(
            new StringParameterDefinition('IMAGE', image, 'An image with a shell')))
    job.definition = new CpsFlowDefinition(new File(System.getProperty('task-queue.sample'), 'squares.groovy').text, true)
}
