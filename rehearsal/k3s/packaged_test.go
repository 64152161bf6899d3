package main

import (
	"bytes"
	"os"
	"testing"
)

func TestHelmChartIsTheRepositorys(t *testing.T) {
	ours, err := packaged.ReadFile("manifests/helm-chart.json")
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := os.ReadFile("../../schemas/custom/helm.cattle.io.v1.HelmChart.json")
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(ours, theirs) {
		t.Error("copy schemas/custom/helm.cattle.io.v1.HelmChart.json to rehearsal/k3s/manifests/helm-chart.json")
	}
	if _, err := chartSchema(); err != nil {
		t.Error(err)
	}
}

func TestMirrorsAreHosts(t *testing.T) {
	var read registries
	mirror := read.Mirrors["none"]
	mirror.Endpoint = []string{"https://mirror.example.no", "http://10.0.0.1:5000/cache"}
	read.Mirrors = map[string]struct {
		Endpoint []string          `yaml:"endpoint"`
		Rewrite  map[string]string `yaml:"rewrite"`
	}{"docker.io": mirror}
	want := `server = "https://registry-1.docker.io/v2"

[host."https://mirror.example.no/v2"]
  capabilities = ["pull", "resolve"]

[host."http://10.0.0.1:5000/cache"]
  capabilities = ["pull", "resolve"]
  override_path = true
`
	if made := read.hosts("docker.io", false); made != want {
		t.Error(made)
	}
}
