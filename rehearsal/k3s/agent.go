package main

import (
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"time"

	"k8s.io/client-go/kubernetes"
)

// agent is the part of a node that runs pods; a server has it too.
type agent struct {
	*node
	*parts
	// Where questions about the cluster go, with the token.
	supervisor *client
	// Where this node's parts reach the API server.
	api string
	// The node's secret, by which the cluster knows it again.
	word    string
	cluster clusterConfig
	// The client of what K3s itself does on a node.
	controller  kubernetes.Interface
	snapshotter string
}

func runAgent(arguments []string) error {
	processName = "k3s-agent"
	all, err := readOptions(arguments)
	if err != nil {
		return err
	}
	token, err := all.readToken("token")
	if err != nil {
		return err
	}
	if token == "" {
		return fmt.Errorf("--token is required")
	}
	first, err := url.Parse(all.one("server", ""))
	if err != nil || first.Scheme != "https" {
		return fmt.Errorf("--server is required, and must be an https:// URL")
	}
	n, err := newNode(all)
	if err != nil {
		return err
	}
	logf("k3s", "level=info msg=\"Starting k3s agent %s\"", releaseName())
	running, err := newParts(n)
	if err != nil {
		return err
	}
	go endOnSignal(running)
	balancer, err := newBalancer(n, first.Host)
	if err != nil {
		return err
	}
	a := &agent{
		node: n, parts: running, supervisor: newClient(balancer.address(), "node", token),
		api: "https://" + balancer.address(),
	}
	go balancer.serve(running)
	if err := a.run(); err != nil {
		a.fail(err)
	} else {
		go balancer.learn(a)
		notifyReady()
	}
	<-a.context.Done()
	return a.stop()
}

// startAgent is the same on a server, which asks itself.
func (s *server) startAgent() error {
	port := s.one("https-listen-port", "6443")
	a := &agent{
		node: s.node, parts: s.parts,
		supervisor: newClient(net.JoinHostPort(s.addresses[0].String(), port), "server", s.password),
		api:        "https://127.0.0.1:" + port,
	}
	if err := a.run(); err != nil {
		return err
	}
	go s.markServer(a)
	return nil
}

func (a *agent) run() error {
	word, err := readOr("/etc/rancher/node/password", 0o600, func() string { return randomHex(16) })
	if err != nil {
		return err
	}
	a.word = word
	for _, step := range []func() error{
		a.join, a.prepareKernel, a.startContainerd, a.importImages, a.startKubelet, a.startProxy, a.startPolicies,
	} {
		if err := step(); err != nil {
			return err
		}
	}
	go a.keepNetwork()
	return nil
}

// join fetches what the node needs of the cluster: its authorities, its settings and certificates of its own. They are
// new at each start, as they are with K3s.
func (a *agent) join() error {
	err := a.until("a server of the cluster", 2*time.Second, func() error {
		authorities, err := a.supervisor.trust(a.context)
		if err != nil {
			return err
		}
		if err := write(a.agent("server-ca.crt"), authorities, 0o644); err != nil {
			return err
		}
		clients, err := a.supervisor.get(a.context, "/v1-k3s/client-ca.crt")
		if err != nil {
			return err
		}
		if err := write(a.agent("client-ca.crt"), clients, 0o644); err != nil {
			return err
		}
		return a.supervisor.getJSON(a.context, "/v1-k3s/config", &a.cluster)
	})
	if err != nil {
		return err
	}
	for _, name := range []string{"client-kubelet", "serving-kubelet", "client-kube-proxy", "client-k3s-controller"} {
		if err := a.haveCertificate(name); err != nil {
			return err
		}
	}
	for name, certificate := range map[string]string{
		"kubelet": "client-kubelet", "kubeproxy": "client-kube-proxy", "k3scontroller": "client-k3s-controller",
	} {
		text := kubeconfig(a.api, a.agent("server-ca.crt"), a.agent(certificate))
		if err := write(a.agent(name+".kubeconfig"), text, 0o600); err != nil {
			return err
		}
	}
	config, err := access(a.agent("k3scontroller.kubeconfig"))
	if err != nil {
		return err
	}
	a.controller, err = kubernetes.NewForConfig(config)
	return err
}

func (a *agent) haveCertificate(name string) error {
	key, err := newKey(a.agent(name + ".key"))
	if err != nil {
		return err
	}
	request, err := certificateRequest(key)
	if err != nil {
		return err
	}
	return a.until("the certificate "+name, time.Second, func() error {
		text, err := a.supervisor.post(a.context, "/v1-k3s/"+name+".crt", request, map[string]string{
			"K3s-Node-Name": a.name, "K3s-Node-Password": a.word, "K3s-Node-IP": a.certifiedAddresses(),
		})
		if err != nil {
			return err
		}
		return write(a.agent(name+".crt"), text, 0o644)
	})
}

func (a *agent) certifiedAddresses() string {
	return strings.Join(append([]string{a.addressTexts()}, a.list("node-external-ip")...), ",")
}

// exists says whether a file or folder does.
func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}
