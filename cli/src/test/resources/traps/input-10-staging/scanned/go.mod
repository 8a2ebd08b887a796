module council.example/cluster

go 1.22

require k8s.io/kube-proxy v0.22.1
