package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"os/user"
	"strconv"

	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// kubeconfig names files, as K3s' parts have it.
func kubeconfig(url, authority, certificate string) []byte {
	return fmt.Appendf(nil, `apiVersion: v1
clusters:
- cluster:
    server: %s
    certificate-authority: %s
  name: local
contexts:
- context:
    cluster: local
    namespace: default
    user: user
  name: Default
current-context: Default
kind: Config
preferences: {}
users:
- name: user
  user:
    client-certificate: %s.crt
    client-key: %s.key
`, url, authority, certificate, certificate)
}

// embeddedKubeconfig holds the certificates themselves, as k3s.yaml does.
func embeddedKubeconfig(url, name, authority, certificate string) ([]byte, error) {
	var texts []string
	for _, path := range []string{authority, certificate + ".crt", certificate + ".key"} {
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		texts = append(texts, base64.StdEncoding.EncodeToString(text))
	}
	return fmt.Appendf(nil, `apiVersion: v1
clusters:
- cluster:
    certificate-authority-data: %s
    server: %s
  name: %[3]s
contexts:
- context:
    cluster: %[3]s
    user: %[3]s
  name: %[3]s
current-context: %[3]s
kind: Config
preferences: {}
users:
- name: %[3]s
  user:
    client-certificate-data: %[4]s
    client-key-data: %[5]s
`, texts[0], url, name, texts[1], texts[2]), nil
}

// writeAdminKubeconfig writes k3s.yaml, with the mode and the group that are wished for.
func (n *node) writeAdminKubeconfig() error {
	text, err := embeddedKubeconfig("https://127.0.0.1:6443", n.one("write-kubeconfig-name", "default"),
		n.server("tls", "server-ca.crt"), n.server("tls", "client-admin"))
	if err != nil {
		return err
	}
	mode, err := strconv.ParseUint(n.one("write-kubeconfig-mode", "0600"), 8, 32)
	if err != nil {
		return fmt.Errorf("invalid write-kubeconfig-mode: %w", err)
	}
	path := n.one("write-kubeconfig", "/etc/rancher/k3s/k3s.yaml")
	if err := write(path, text, os.FileMode(mode)); err != nil {
		return err
	}
	name := n.one("write-kubeconfig-group", "")
	if name == "" {
		return nil
	}
	group, err := user.LookupGroup(name)
	if err != nil {
		return err
	}
	id, err := strconv.Atoi(group.Gid)
	if err != nil {
		return err
	}
	return os.Chown(path, 0, id)
}

// access reads a kubeconfig for a client of ours.
func access(path string) (*rest.Config, error) {
	config, err := clientcmd.BuildConfigFromFlags("", path)
	if err != nil {
		return nil, err
	}
	config.QPS, config.Burst = 50, 100
	return config, nil
}
