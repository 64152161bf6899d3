package main

import (
	"encoding/json"
	"fmt"
	"sort"
	"strings"
	"time"

	core "k8s.io/api/core/v1"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
	"k8s.io/client-go/rest"
)

// nameNodes keeps the names of nodes in CoreDNS' ConfigMap, as K3s does; CoreDNS' pod waits for them.
func (s *server) nameNodes(config *rest.Config) {
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		s.fail(err)
		return
	}
	for {
		if err := s.nameNodesOnce(client); err != nil {
			logf("k3s", "level=debug msg=\"names of nodes: %v\"", err)
		}
		select {
		case <-s.context.Done():
			return
		case <-time.After(2 * time.Second):
		}
	}
}

func (s *server) nameNodesOnce(client kubernetes.Interface) error {
	maps := client.CoreV1().ConfigMaps("kube-system")
	dns, err := maps.Get(s.context, "coredns", meta.GetOptions{})
	if err != nil {
		return err
	}
	nodes, err := client.CoreV1().Nodes().List(s.context, meta.ListOptions{ResourceVersion: "0"})
	if err != nil {
		return err
	}
	var lines []string
	for _, node := range nodes.Items {
		for _, address := range node.Status.Addresses {
			if address.Type == core.NodeInternalIP {
				lines = append(lines, fmt.Sprintf("%s %s\n", address.Address, node.Name))
			}
		}
	}
	sort.Strings(lines)
	text := strings.Join(lines, "")
	if dns.Data["NodeHosts"] == text {
		return nil
	}
	change, err := json.Marshal(map[string]any{"data": map[string]string{"NodeHosts": text}})
	if err != nil {
		return err
	}
	_, err = maps.Patch(s.context, "coredns", types.MergePatchType, change, meta.PatchOptions{})
	return err
}
