package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"k8s.io/client-go/rest"
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
		s.startAPIServer, s.startControllers, s.deploy,
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

func (s *server) startAPIServer() error {
	tls := func(name string) string { return s.server("tls", name) }
	own := map[string]string{
		"advertise-address":                  s.one("advertise-address", s.addresses[0].String()),
		"allow-privileged":                   "true",
		"anonymous-auth":                     "false",
		"api-audiences":                      "https://kubernetes.default.svc." + s.domain + ",k3s",
		"authorization-mode":                 "Node,RBAC",
		"bind-address":                       "127.0.0.1",
		"cert-dir":                           tls("temporary-certs"),
		"client-ca-file":                     tls("client-ca.crt"),
		"enable-admission-plugins":           "NodeRestriction",
		"enable-aggregator-routing":          "true",
		"enable-bootstrap-token-auth":        "true",
		"etcd-servers":                       "unix://" + s.server("kine.sock"),
		"kubelet-certificate-authority":      tls("server-ca.crt"),
		"kubelet-client-certificate":         tls("client-kube-apiserver.crt"),
		"kubelet-client-key":                 tls("client-kube-apiserver.key"),
		"kubelet-preferred-address-types":    "InternalIP,ExternalIP,Hostname",
		"permit-port-sharing":                "true",
		"profiling":                          "false",
		"proxy-client-cert-file":             tls("client-auth-proxy.crt"),
		"proxy-client-key-file":              tls("client-auth-proxy.key"),
		"requestheader-allowed-names":        "system:auth-proxy",
		"requestheader-client-ca-file":       tls("request-header-ca.crt"),
		"requestheader-extra-headers-prefix": "X-Remote-Extra-",
		"requestheader-group-headers":        "X-Remote-Group",
		"requestheader-username-headers":     "X-Remote-User",
		"secure-port":                        s.one("https-listen-port", "6443"),
		"service-account-issuer":             "https://kubernetes.default.svc." + s.domain,
		"service-account-key-file":           tls("service.key"),
		"service-account-signing-key-file":   tls("service.key"),
		"service-cluster-ip-range":           strings.Join(s.services, ","),
		"service-node-port-range":            s.one("service-node-port-range", "30000-32767"),
		"storage-backend":                    "etcd3",
		"tls-cert-file":                      tls("serving-kube-apiserver.crt"),
		"tls-private-key-file":               tls("serving-kube-apiserver.key"),
	}
	if s.usesEtcd() {
		own["etcd-servers"] = "https://127.0.0.1:2379"
		own["etcd-cafile"] = tls("etcd/server-ca.crt")
		own["etcd-certfile"] = tls("etcd/client.crt")
		own["etcd-keyfile"] = tls("etcd/client.key")
	}
	if _, err := os.Stat(s.encryptionConfig()); err == nil {
		own["encryption-provider-config"] = s.encryptionConfig()
		own["encryption-provider-config-automatic-reload"] = "true"
	}
	line := s.arguments("kube-apiserver-arg", own)
	if path := own["audit-log-path"]; path != "" && path != "-" {
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			return err
		}
	}
	if err := s.start("kube-apiserver", line); err != nil {
		return err
	}
	err := s.until("the API server", 200*time.Millisecond, s.askReady)
	s.ready.Store(err == nil)
	return err
}

// askReady asks on a new connection each time: the first ones meet this program, before the API server has its port.
func (s *server) askReady() error {
	config, err := access(s.server("cred", "supervisor.kubeconfig"))
	if err != nil {
		return err
	}
	own, err := rest.TLSConfigFor(config)
	if err != nil {
		return err
	}
	client := &http.Client{Timeout: 10 * time.Second, Transport: &http.Transport{TLSClientConfig: own, DisableKeepAlives: true}}
	answer, err := client.Get(config.Host + "/readyz")
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return errors.New(answer.Status)
	}
	return nil
}

func (s *server) startControllers() error {
	tls := func(name string) string { return s.server("tls", name) }
	credentials := s.server("cred", "controller.kubeconfig")
	own := map[string]string{
		"allocate-node-cidrs":       "true",
		"authentication-kubeconfig": credentials,
		"authorization-kubeconfig":  credentials,
		"bind-address":              "127.0.0.1",
		"cluster-cidr":              strings.Join(s.pods, ","),
		"cluster-signing-kube-apiserver-client-cert-file": tls("client-ca.crt"),
		"cluster-signing-kube-apiserver-client-key-file":  tls("client-ca.key"),
		"cluster-signing-kubelet-client-cert-file":        tls("client-ca.crt"),
		"cluster-signing-kubelet-client-key-file":         tls("client-ca.key"),
		"cluster-signing-kubelet-serving-cert-file":       tls("server-ca.crt"),
		"cluster-signing-kubelet-serving-key-file":        tls("server-ca.key"),
		"cluster-signing-legacy-unknown-cert-file":        tls("server-ca.crt"),
		"cluster-signing-legacy-unknown-key-file":         tls("server-ca.key"),
		"configure-cloud-routes":                          "false",
		"controllers":                                     "*,tokencleaner,-service-lb-controller,-node-route-controller,-cloud-node-lifecycle-controller",
		"kubeconfig":                                      credentials,
		"leader-elect":                                    strconv.FormatBool(s.usesEtcd()),
		"profiling":                                       "false",
		"root-ca-file":                                    tls("server-ca.crt"),
		"secure-port":                                     "10257",
		"service-account-private-key-file":                tls("service.key"),
		"service-cluster-ip-range":                        strings.Join(s.services, ","),
		"tls-cert-file":                                   tls("kube-controller-manager/kube-controller-manager.crt"),
		"tls-private-key-file":                            tls("kube-controller-manager/kube-controller-manager.key"),
		"use-service-account-credentials":                 "true",
	}
	if err := s.start("kube-controller-manager", s.arguments("kube-controller-manager-arg", own)); err != nil {
		return err
	}
	if s.is("disable-scheduler") {
		return nil
	}
	credentials = s.server("cred", "scheduler.kubeconfig")
	return s.start("kube-scheduler", s.arguments("kube-scheduler-arg", map[string]string{
		"authentication-kubeconfig": credentials,
		"authorization-kubeconfig":  credentials,
		"bind-address":              "127.0.0.1",
		"kubeconfig":                credentials,
		"leader-elect":              strconv.FormatBool(s.usesEtcd()),
		"profiling":                 "false",
		"secure-port":               "10259",
		"tls-cert-file":             tls("kube-scheduler/kube-scheduler.crt"),
		"tls-private-key-file":      tls("kube-scheduler/kube-scheduler.key"),
	}))
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
