package main

import (
	"os"
	"path/filepath"
	"slices"
	"testing"
)

func TestOptionsAreReadInK3sOrder(t *testing.T) {
	file := filepath.Join(t.TempDir(), "config.yaml")
	for path, text := range map[string]string{
		file:                      "node-name: a\ndisable: [traefik]\nwrite-kubeconfig-mode: 0644\nno-such-key: 1\nsecrets-encryption: true\n",
		file + ".d/1.yaml":        "disable+: [servicelb]\nnode-name: b\n",
		file + ".d/2.yaml":        "kubelet-arg: ['max-pods=50']\n",
		file + ".d/3.yaml.backup": "node-name: c\n",
	} {
		if err := write(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("K3S_NODE_NAME", "z")
	t.Setenv("K3S_TOKEN", "word")
	all, err := readOptions([]string{"--config", file, "--tls-san=x", "--tls-san", "y", "--cluster-init"})
	if err != nil {
		t.Fatal(err)
	}
	for key, want := range map[string][]string{
		"node-name": {"b"}, "token": {"word"}, "disable": {"traefik", "servicelb"}, "kubelet-arg": {"max-pods=50"},
		// YAML 1.1 takes it for a number, as K3s does.
		"write-kubeconfig-mode": {"420"}, "tls-san": {"x", "y"}, "cluster-init": {"true"}, "secrets-encryption": {"true"},
	} {
		if !slices.Equal(all[key], want) {
			t.Errorf("%s is %v, not %v", key, all[key], want)
		}
	}
	if _, has := all["no-such-key"]; has {
		t.Error("an unknown key was taken")
	}
}

func TestUnknownFlagsAreRefused(t *testing.T) {
	for _, line := range [][]string{{"--no-such-flag"}, {"word"}, {"--token"}} {
		if _, err := readLine(line); err == nil {
			t.Errorf("%v was taken", line)
		}
	}
}

func TestArgumentsOfTheUserComeFirst(t *testing.T) {
	all := options{"kubelet-arg": {"max-pods=50", "read-only-port=1"}}
	line := all.arguments("kubelet-arg", map[string]string{"read-only-port": "0", "node-ip": "10.0.0.1"})
	if !slices.Equal(line, []string{"--max-pods=50", "--node-ip=10.0.0.1", "--read-only-port=1"}) {
		t.Error(line)
	}
}

func TestFilesAreWhole(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a", "b")
	made, err := readOr(path, 0o600, func() string { return "once" })
	again, failed := readOr(path, 0o600, func() string { return "twice" })
	if err != nil || failed != nil || made != "once" || again != "once" {
		t.Error(made, again, err, failed)
	}
	about, err := os.Stat(path)
	if err != nil || about.Mode() != 0o600 {
		t.Error(about, err)
	}
}
