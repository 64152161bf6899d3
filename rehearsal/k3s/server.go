package main

import (
	"encoding/json"
	"fmt"
	"net"
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"
)

// server is a node with the control plane.
type server struct {
	*node
	*parts
	password, agentPassword                string
	clients, servers, headers, etcd, peers *authority
	// Whether the API server answers.
	ready atomic.Bool
}

func runServer(arguments []string) error {
	all, err := readOptions(arguments)
	if err != nil {
		return err
	}
	n, err := newNode(all)
	if err != nil {
		return err
	}
	if all.is("cluster-reset") {
		return resetCluster(n)
	}
	logf("k3s", "level=info msg=\"Starting k3s %s\"", releaseName())
	running, err := newParts(n)
	if err != nil {
		return err
	}
	s := &server{node: n, parts: running}
	go endOnSignal(running)
	if err := s.bringUp(); err != nil {
		s.fail(err)
	}
	<-s.context.Done()
	return s.stop()
}

func endOnSignal(p *parts) {
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGTERM, syscall.SIGINT)
	logf("k3s", "level=info msg=\"Ending, because of %s\"", <-signals)
	p.mutex.Lock()
	p.ending = true
	p.mutex.Unlock()
	p.end()
}

func (s *server) bringUp() error {
	steps := []func() error{
		s.joinCluster, s.haveCertificates, s.haveTokens, s.haveCredentials, s.listen, s.startDatastore,
		s.startAPIServer, s.startControllers, s.deploy, s.keepSnapshots,
	}
	for _, step := range steps {
		if err := step(); err != nil {
			return err
		}
	}
	notifyReady()
	if s.is("disable-agent") {
		return nil
	}
	return s.startAgent()
}

func (s *server) haveCertificates() error {
	tls := func(parts ...string) string { return s.server(append([]string{"tls"}, parts...)...) }
	for into, name := range map[**authority]string{&s.clients: "client", &s.servers: "server", &s.headers: "request-header"} {
		made, err := newAuthority(tls(name+"-ca"), "k3s-"+name+"-ca")
		if err != nil {
			return err
		}
		*into = made
	}
	own := []string{s.name, "localhost", "127.0.0.1", "::1"}
	for _, address := range s.addresses {
		own = append(own, address.String())
	}
	own = append(own, s.list("node-external-ip")...)
	hosts := append([]string{"kubernetes", "kubernetes.default", "kubernetes.default.svc", "kubernetes.default.svc." + s.domain}, own...)
	for _, network := range s.services {
		first, err := nth(network, 1)
		if err != nil {
			return err
		}
		hosts = append(hosts, first)
	}
	hosts = append(hosts, s.list("tls-san")...)
	wanted := []struct {
		by   *authority
		path string
		subject
	}{
		{s.clients, "client-admin", subject{name: "system:admin", groups: []string{"system:masters"}}},
		{s.clients, "client-supervisor", subject{name: "system:k3s-supervisor", groups: []string{"system:masters"}}},
		{s.clients, "client-kube-apiserver", subject{name: "system:apiserver", groups: []string{"system:masters"}}},
		{s.clients, "client-controller", subject{name: "system:kube-controller-manager"}},
		{s.clients, "client-scheduler", subject{name: "system:kube-scheduler"}},
		{s.clients, "client-kube-proxy", subject{name: "system:kube-proxy"}},
		{s.clients, "client-k3s-controller", subject{name: "system:k3s-controller"}},
		{s.headers, "client-auth-proxy", subject{name: "system:auth-proxy"}},
		{s.servers, "serving-kube-apiserver", subject{name: "kube-apiserver", hosts: hosts}},
		{s.servers, "kube-controller-manager/kube-controller-manager", subject{name: "kube-controller-manager", hosts: []string{"localhost", "127.0.0.1"}}},
		{s.servers, "kube-scheduler/kube-scheduler", subject{name: "kube-scheduler", hosts: []string{"localhost", "127.0.0.1"}}},
	}
	for _, one := range wanted {
		if err := one.by.have(tls(one.path), one.subject); err != nil {
			return err
		}
	}
	if _, err := newAccountKey(tls("service.key")); err != nil {
		return err
	}
	if !s.usesEtcd() {
		return nil
	}
	return s.haveEtcdCertificates(own)
}

// haveCredentials writes what is in K3s' server/cred, and the kubeconfig of whoever administers the cluster.
func (s *server) haveCredentials() error {
	for name, certificate := range map[string]string{
		"admin": "client-admin", "supervisor": "client-supervisor", "api-server": "client-kube-apiserver",
		"controller": "client-controller", "scheduler": "client-scheduler",
	} {
		text := kubeconfig("https://127.0.0.1:6443", s.server("tls", "server-ca.crt"), s.server("tls", certificate))
		if err := write(s.server("cred", name+".kubeconfig"), text, 0o600); err != nil {
			return err
		}
	}
	agents := s.agentPassword
	if agents == "" {
		agents = s.password
	}
	passwords := fmt.Sprintf("%s,node,node,k3s:agent\n%s,server,server,k3s:server\n", agents, s.password)
	if err := write(s.server("cred", "passwd"), []byte(passwords), 0o600); err != nil {
		return err
	}
	if _, err := os.Stat(s.encryptionConfig()); s.is("secrets-encryption") && os.IsNotExist(err) {
		if err := write(s.encryptionConfig(), newEncryption(), 0o600); err != nil {
			return err
		}
	}
	return s.writeAdminKubeconfig()
}

func (s *server) startDatastore() error {
	if s.usesEtcd() {
		return s.startEtcd()
	}
	if err := os.MkdirAll(s.server("db"), 0o700); err != nil {
		return err
	}
	socket := s.server("kine.sock")
	os.Remove(socket)
	source := "sqlite://" + s.server("db", "state.db") + "?_journal=WAL&cache=shared&_busy_timeout=30000&_txlock=immediate"
	if err := s.start("kine", []string{"--endpoint", source, "--listen-address", "unix://" + socket, "--metrics-bind-address", "0"}); err != nil {
		return err
	}
	return s.until("the datastore", 100*time.Millisecond, func() error {
		connection, err := net.Dial("unix", socket)
		if err != nil {
			return err
		}
		return connection.Close()
	})
}

func (n *node) encryptionConfig() string { return n.server("cred", "encryption-config.json") }

// newEncryption is the configuration that K3s gives its API server: a new key, and what is not encrypted yet is read.
func newEncryption() []byte {
	type object = map[string]any
	text, err := json.Marshal(object{
		"kind":       "EncryptionConfiguration",
		"apiVersion": "apiserver.config.k8s.io/v1",
		"resources": []object{{
			"resources": []string{"secrets"},
			"providers": []object{
				{"aescbc": object{"keys": []object{{"name": "aescbckey", "secret": randomBase64(32)}}}},
				{"identity": object{}},
			},
		}},
	})
	if err != nil {
		panic(err)
	}
	return text
}
