package main

import (
	"encoding/json"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"os"
)

func (a *agent) startKubelet() error {
	driver := "cgroupfs"
	if bySystemd() {
		driver = "systemd"
	}
	resolvers := a.one("resolv-conf", "")
	if resolvers == "" {
		resolvers = a.resolvers()
	}
	settings := object{
		"apiVersion": "kubelet.config.k8s.io/v1beta1",
		"kind":       "KubeletConfiguration",
		"address":    "0.0.0.0",
		"authentication": object{
			"anonymous": object{"enabled": false},
			"webhook":   object{"cacheTTL": "2m0s", "enabled": true},
			"x509":      object{"clientCAFile": a.agent("client-ca.crt")},
		},
		"authorization":            object{"mode": "Webhook", "webhook": object{"cacheAuthorizedTTL": "5m0s", "cacheUnauthorizedTTL": "30s"}},
		"cgroupDriver":             driver,
		"clusterDNS":               strings.Split(a.cluster.DNS, ","),
		"clusterDomain":            a.cluster.Domain,
		"containerRuntimeEndpoint": "unix://" + containerdSocket,
		"evictionHard":             object{"imagefs.available": "5%", "nodefs.available": "5%"},
		"evictionMinimumReclaim":   object{"imagefs.available": "10%", "nodefs.available": "10%"},
		"failCgroupV1":             false,
		"failSwapOn":               false,
		"healthzBindAddress":       "127.0.0.1",
		"logging":                  object{"format": "text", "verbosity": 0},
		"protectKernelDefaults":    a.is("protect-kernel-defaults"),
		"resolvConf":               resolvers,
		"serializeImagePulls":      false,
		"staticPodPath":            a.agent("pod-manifests"),
		"tlsCertFile":              a.agent("serving-kubelet.crt"),
		"tlsPrivateKeyFile":        a.agent("serving-kubelet.key"),
	}
	text, err := json.MarshalIndent(settings, "", "  ")
	if err != nil {
		return err
	}
	folder := a.agent("etc", "kubelet.conf.d")
	if err := write(filepath.Join(folder, "00-k3s-defaults.conf"), append(text, '\n'), 0o600); err != nil {
		return err
	}
	if err := os.MkdirAll(a.agent("pod-manifests"), 0o700); err != nil {
		return err
	}
	labels := append([]string{"node.kubernetes.io/instance-type=k3s"}, a.list("node-label")...)
	own := map[string]string{
		"config-dir":        folder,
		"hostname-override": a.name,
		"kubeconfig":        a.agent("kubelet.kubeconfig"),
		"node-ip":           a.addressTexts(),
		"node-labels":       strings.Join(labels, ","),
		"read-only-port":    "0",
	}
	if taints := a.list("node-taint"); len(taints) > 0 {
		own["register-with-taints"] = strings.Join(taints, ",")
	}
	return a.start("kubelet", a.arguments("kubelet-arg", own))
}

// resolvers is the first file with a name server that pods can reach; without one K3s writes one of its own.
func (a *agent) resolvers() string {
	for _, path := range []string{"/etc/resolv.conf", "/run/systemd/resolve/resolv.conf"} {
		text, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		for _, line := range strings.Split(string(text), "\n") {
			words := strings.Fields(line)
			if len(words) > 1 && words[0] == "nameserver" && !strings.HasPrefix(words[1], "127.") && words[1] != "::1" {
				return path
			}
		}
	}
	path := a.agent("etc", "resolv.conf")
	write(path, []byte("nameserver 8.8.8.8\n"), 0o644)
	return path
}

func (a *agent) startProxy() error {
	if a.cluster.NoProxy {
		return nil
	}
	own := map[string]string{
		"cluster-cidr":         strings.Join(a.cluster.Pods, ","),
		"healthz-bind-address": "127.0.0.1",
		"hostname-override":    a.name,
		"kubeconfig":           a.agent("kubeproxy.kubeconfig"),
		"proxy-mode":           "iptables",
	}
	line := a.arguments("kube-proxy-arg", own)
	if wanted := wantedConnections(own); wanted > 0 && !mayTrack(wanted) {
		logf("k3s", "level=warning msg=\"the kernel does not track %d connections, and this machine may not change that\"", wanted)
		own["conntrack-max-per-core"], own["conntrack-min"] = "0", "0"
		line = options{}.arguments("", own)
	}
	return a.start("kube-proxy", line)
}

// wantedConnections is how many connections kube-proxy would have the kernel track.
func wantedConnections(own map[string]string) int {
	number := func(name string, otherwise int) int {
		if value, err := strconv.Atoi(own[name]); err == nil {
			return value
		}
		return otherwise
	}
	perCore := number("conntrack-max-per-core", 32768)
	if perCore == 0 {
		return 0
	}
	return max(perCore*runtime.NumCPU(), number("conntrack-min", 131072))
}

// mayTrack: only the first network namespace of a kernel may change this, and kube-proxy ends where it cannot.
func mayTrack(wanted int) bool {
	const path = "/proc/sys/net/netfilter/nf_conntrack_max"
	text, err := os.ReadFile(path)
	if err != nil {
		return false
	}
	if now, err := strconv.Atoi(strings.TrimSpace(string(text))); err == nil && now == wanted {
		return true
	}
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return false
	}
	return file.Close() == nil
}

func (a *agent) startPolicies() error {
	if a.cluster.NoPolicies {
		return nil
	}
	if err := a.untilRegistered(); err != nil {
		return err
	}
	own := map[string]string{
		"enable-ipv6":              strconv.FormatBool(hasSix(a.cluster.Pods)),
		"hostname-override":        a.name,
		"kubeconfig":               a.agent("k3scontroller.kubeconfig"),
		"run-firewall":             "true",
		"run-router":               "false",
		"run-service-proxy":        "false",
		"service-cluster-ip-range": strings.Join(a.cluster.Services, ","),
		"service-node-port-range":  "30000-32767",
	}
	return a.start("kube-router", options{}.arguments("", own))
}

func hasSix(networks []string) bool {
	for _, network := range networks {
		if strings.Contains(network, ":") {
			return true
		}
	}
	return false
}
