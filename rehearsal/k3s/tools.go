package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"time"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/kubernetes"
)

// execTool becomes kubectl, crictl or ctr, with K3s' own settings where the user gives no others.
func execTool(name string, arguments []string) error {
	program := filepath.Join(partsDirectory(), "bin", name)
	if !exists(program) {
		return fmt.Errorf("there is no %s in %s", name, filepath.Dir(program))
	}
	switch name {
	case "kubectl":
		if os.Getenv("KUBECONFIG") == "" {
			os.Setenv("KUBECONFIG", "/etc/rancher/k3s/k3s.yaml")
		}
	case "ctr":
		if os.Getenv("CONTAINERD_ADDRESS") == "" {
			os.Setenv("CONTAINERD_ADDRESS", containerdSocket)
		}
		if os.Getenv("CONTAINERD_NAMESPACE") == "" {
			os.Setenv("CONTAINERD_NAMESPACE", "k8s.io")
		}
	case "crictl":
		if os.Getenv("CONTAINER_RUNTIME_ENDPOINT") == "" {
			os.Setenv("CONTAINER_RUNTIME_ENDPOINT", "unix://"+containerdSocket)
		}
	}
	target, err := filepath.EvalSymlinks(program)
	if err != nil {
		return err
	}
	return syscall.Exec(target, append([]string{name}, arguments...), os.Environ())
}

// markServer gives this node the labels that a server has, which a kubelet may not give itself.
func (s *server) markServer(a *agent) {
	config, err := access(s.server("cred", "supervisor.kubeconfig"))
	if err != nil {
		s.fail(err)
		return
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		s.fail(err)
		return
	}
	labels := object{"node-role.kubernetes.io/control-plane": "true"}
	if s.usesEtcd() {
		labels["node-role.kubernetes.io/etcd"] = "true"
	}
	change, err := json.Marshal(object{"metadata": object{"labels": labels}})
	if err != nil {
		s.fail(err)
		return
	}
	s.until("the node", time.Second, func() error {
		_, err := client.CoreV1().Nodes().Patch(context.Background(), s.name, types.MergePatchType, change, meta.PatchOptions{})
		return err
	})
}

// secretsEncrypt answers whether Secrets are encrypted.
func secretsEncrypt(arguments []string) error {
	if !slices.Equal(arguments, []string{"status"}) {
		return fmt.Errorf("k3s secrets-encrypt %s is not something that this stand-in for K3s does", strings.Join(arguments, " "))
	}
	if !exists("/var/lib/rancher/k3s/server/cred/encryption-config.json") {
		fmt.Println("Encryption Status: Disabled, no configuration file found")
		return nil
	}
	fmt.Print("Encryption Status: Enabled\nCurrent Rotation Stage: start\nServer Encryption Hashes: All hashes match\n\n" +
		"Active  Key Type  Name\n------  --------  ----\n *      AES-CBC   aescbckey\n")
	return nil
}
