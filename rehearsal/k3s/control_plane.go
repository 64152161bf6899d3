package main

import (
	"errors"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"k8s.io/client-go/rest"
)

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
