package main

import (
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"sort"
	"strings"

	"go.yaml.in/yaml/v2"
)

type registries struct {
	Mirrors map[string]struct {
		Endpoint []string          `yaml:"endpoint"`
		Rewrite  map[string]string `yaml:"rewrite"`
	} `yaml:"mirrors"`
	Configs map[string]struct {
		TLS struct {
			CA   string `yaml:"ca_file"`
			Cert string `yaml:"cert_file"`
			Key  string `yaml:"key_file"`
			Skip bool   `yaml:"insecure_skip_verify"`
		} `yaml:"tls"`
	} `yaml:"configs"`
}

// writeRegistries makes containerd's files of registries.yaml, as K3s does: one hosts.toml for each registry that has a
// mirror or settings. `auth` and `rewrite` are K3s' own additions to containerd, which this containerd does not have.
func (a *agent) writeRegistries() error {
	place := a.agent("etc", "containerd", "certs.d")
	if err := os.RemoveAll(place); err != nil {
		return err
	}
	text, err := os.ReadFile(a.one("private-registry", "/etc/rancher/k3s/registries.yaml"))
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	var read registries
	if err := yaml.Unmarshal(text, &read); err != nil {
		return err
	}
	names := map[string]bool{}
	for name := range read.Mirrors {
		names[name] = true
	}
	for name := range read.Configs {
		names[name] = true
	}
	for name := range names {
		folder := strings.ReplaceAll(name, "*", "_default")
		if host, port, has := strings.Cut(folder, ":"); has {
			folder = host + "_" + port + "_"
		}
		if err := write(filepath.Join(place, folder, "hosts.toml"), []byte(read.hosts(name, a.is("disable-default-registry-endpoint"))), 0o600); err != nil {
			return err
		}
	}
	return nil
}

func (r registries) hosts(name string, noDefault bool) string {
	var text strings.Builder
	endpoints := r.Mirrors[name].Endpoint
	if name != "*" && !noDefault {
		host := name
		if name == "docker.io" {
			host = "registry-1.docker.io"
		}
		fmt.Fprintf(&text, "server = %q\n", "https://"+host+"/v2")
		text.WriteString(r.settings(host))
	} else if len(endpoints) > 0 {
		fmt.Fprintf(&text, "server = %q\n", withVersion(endpoints[len(endpoints)-1]))
	}
	for _, endpoint := range endpoints {
		fmt.Fprintf(&text, "\n[host.%q]\n  capabilities = [\"pull\", \"resolve\"]\n", withVersion(endpoint))
		if parsed, err := url.Parse(endpoint); err == nil {
			if parsed.Path != "" && parsed.Path != "/" {
				text.WriteString("  override_path = true\n")
			}
			text.WriteString(r.settings(parsed.Host))
		}
	}
	return text.String()
}

func (r registries) settings(host string) string {
	tls := r.Configs[host].TLS
	var lines []string
	if tls.CA != "" {
		lines = append(lines, fmt.Sprintf("  ca = [%q]\n", tls.CA))
	}
	if tls.Cert != "" {
		lines = append(lines, fmt.Sprintf("  client = [[%q, %q]]\n", tls.Cert, tls.Key))
	}
	if tls.Skip {
		lines = append(lines, "  skip_verify = true\n")
	}
	sort.Strings(lines)
	return strings.Join(lines, "")
}

func withVersion(endpoint string) string {
	if parsed, err := url.Parse(endpoint); err == nil && (parsed.Path == "" || parsed.Path == "/") {
		return strings.TrimSuffix(endpoint, "/") + "/v2"
	}
	return endpoint
}
