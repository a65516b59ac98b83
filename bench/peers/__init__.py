"""The other ways to work off a list on Kubernetes. Each returns when all is done and the cluster says so."""
