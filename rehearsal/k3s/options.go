package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"go.yaml.in/yaml/v2"
)

// options are K3s' settings: its flags without their dashes, each with all its values.
type options map[string][]string

// The flags of `k3s server` and `k3s agent` that have an effect here or can be left without one.
var flags = strings.Fields(`
	advertise-address advertise-port agent-token agent-token-file bind-address cluster-cidr cluster-dns cluster-domain
	cluster-reset-restore-path config container-runtime-endpoint data-dir disable egress-selector-mode etcd-arg
	etcd-snapshot-dir etcd-snapshot-name etcd-snapshot-retention etcd-snapshot-schedule-cron etcd-s3-config-secret
	flannel-backend flannel-iface helm-controller-arg https-listen-port kube-apiserver-arg
	kube-cloud-controller-manager-arg kube-controller-manager-arg kube-proxy-arg kube-scheduler-arg kubelet-arg
	lb-server-port log node-external-ip node-ip node-label node-name node-taint pause-image private-registry resolv-conf
	secrets-encryption-provider server service-cidr service-node-port-range servicelb-namespace snapshotter
	system-default-registry tls-san token token-file v write-kubeconfig write-kubeconfig-group write-kubeconfig-mode
	write-kubeconfig-name`)

var switches = strings.Fields(`
	cluster-init cluster-reset debug disable-agent disable-apiserver-lb disable-cloud-controller
	disable-default-registry-endpoint disable-helm-controller disable-kube-proxy disable-network-policy
	disable-scheduler embedded-registry enable-pprof etcd-disable-snapshots etcd-expose-metrics etcd-s3
	flannel-external-ip flannel-ipv6-masq protect-kernel-defaults secrets-encryption selinux supervisor-metrics
	tls-san-security with-node-id`)

// From the environment, as K3s' unit passes it.
var variables = map[string]string{
	"K3S_TOKEN": "token", "K3S_TOKEN_FILE": "token-file", "K3S_URL": "server", "K3S_NODE_NAME": "node-name",
	"K3S_AGENT_TOKEN": "agent-token", "K3S_AGENT_TOKEN_FILE": "agent-token-file", "K3S_CLUSTER_INIT": "cluster-init",
	"K3S_KUBECONFIG_OUTPUT": "write-kubeconfig", "K3S_KUBECONFIG_MODE": "write-kubeconfig-mode",
	"K3S_KUBECONFIG_GROUP": "write-kubeconfig-group", "K3S_DATA_DIR": "data-dir", "K3S_RESOLV_CONF": "resolv-conf",
	"K3S_CONFIG_FILE": "config",
}

// readOptions reads what K3s reads, in its order: the environment, config.yaml and its drop-ins, the command line.
func readOptions(arguments []string) (options, error) {
	all := options{}
	for variable, key := range variables {
		if value := os.Getenv(variable); value != "" {
			all[key] = []string{value}
		}
	}
	line, err := readLine(arguments)
	if err != nil {
		return nil, err
	}
	file := line.one("config", all.one("config", "/etc/rancher/k3s/config.yaml"))
	files, _ := filepath.Glob(file + ".d/*")
	sort.Strings(files)
	for _, path := range append([]string{file}, files...) {
		if !strings.HasSuffix(path, ".yaml") && !strings.HasSuffix(path, ".yml") {
			continue
		}
		if err := all.readFile(path); err != nil {
			return nil, err
		}
	}
	for key, values := range line {
		all[key] = values
	}
	return all, nil
}

func readLine(arguments []string) (options, error) {
	line := options{}
	for len(arguments) > 0 {
		word := arguments[0]
		arguments = arguments[1:]
		if !strings.HasPrefix(word, "-") {
			return nil, fmt.Errorf("unexpected argument %q", word)
		}
		key, value, given := strings.Cut(strings.TrimLeft(word, "-"), "=")
		switch {
		case slices.Contains(switches, key):
			if !given {
				value = "true"
			}
		case !slices.Contains(flags, key):
			return nil, fmt.Errorf("flag provided but not defined: -%s", key)
		case !given:
			if len(arguments) == 0 {
				return nil, fmt.Errorf("flag needs an argument: -%s", key)
			}
			value, arguments = arguments[0], arguments[1:]
		}
		line[key] = append(line[key], value)
	}
	return line, nil
}

func (all options) readFile(path string) error {
	text, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return nil
	}
	if err != nil {
		return err
	}
	// YAML 1.1, as K3s reads it: 0644 without quotes is 420.
	var read yaml.MapSlice
	if err := yaml.Unmarshal(text, &read); err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	for _, item := range read {
		key, adds := strings.CutSuffix(fmt.Sprint(item.Key), "+")
		if !slices.Contains(flags, key) && !slices.Contains(switches, key) {
			logf("k3s", "level=warning msg=\"Unknown flag --%s found in config.yaml, skipping\"", key)
			continue
		}
		var values []string
		if list, is := item.Value.([]any); is {
			for _, value := range list {
				values = append(values, fmt.Sprint(value))
			}
		} else {
			values = []string{fmt.Sprint(item.Value)}
		}
		if adds {
			values = append(all[key], values...)
		}
		all[key] = values
	}
	return nil
}

// one is the last value of a key.
func (all options) one(key, otherwise string) string {
	if values := all[key]; len(values) > 0 && values[len(values)-1] != "" {
		return values[len(values)-1]
	}
	return otherwise
}

func (all options) is(key string) bool {
	return all.one(key, "") == "true"
}

// list has all values of a key, of which each may be several with commas between.
func (all options) list(key string) []string {
	var found []string
	for _, value := range all[key] {
		for _, part := range strings.Split(value, ",") {
			if part = strings.TrimSpace(part); part != "" {
				found = append(found, part)
			}
		}
	}
	return found
}

// arguments of a part: those that it has from K3s, with the user's own in their place.
func (all options) arguments(key string, own map[string]string) []string {
	for _, value := range all[key] {
		name, is, _ := strings.Cut(value, "=")
		// As K3s does: what is switched on is added to what is on anyhow.
		if name == "feature-gates" && own[name] != "" {
			is = own[name] + "," + is
		}
		own[strings.TrimLeft(name, "-")] = is
	}
	var line []string
	for name, value := range own {
		line = append(line, "--"+name+"="+value)
	}
	sort.Strings(line)
	return line
}
