"""What Task Queue costs beside the other ways to work off a list on Kubernetes. `scripts/bench` runs it."""
