package main

import "fmt"

func etcdSnapshot(_ []string) error {
	return fmt.Errorf("k3s etcd-snapshot is not something that this stand-in for K3s does")
}

func resetCluster(_ *node) error {
	return fmt.Errorf("k3s server --cluster-reset is not something that this stand-in for K3s does")
}
