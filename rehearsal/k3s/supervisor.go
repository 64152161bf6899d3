package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httputil"
	"net/url"
	"os"
	"strings"
	"syscall"

	"golang.org/x/sys/unix"
)

// Marks a request that has passed here, so that it comes to no circle before the API server has the port.
const passed = "X-K3s-Passed"

// listen opens port 6443 as K3s does: it answers the other nodes' questions by itself, and passes on what is for the
// API server. That has the same port at 127.0.0.1, where this node's own parts reach it directly.
func (s *server) listen() error {
	config := net.ListenConfig{Control: func(_, _ string, raw syscall.RawConn) error {
		var failure error
		if err := raw.Control(func(socket uintptr) {
			failure = unix.SetsockoptInt(int(socket), unix.SOL_SOCKET, unix.SO_REUSEPORT, 1)
		}); err != nil {
			return err
		}
		return failure
	}}
	address := net.JoinHostPort(s.one("bind-address", ""), s.one("https-listen-port", "6443"))
	listener, err := config.Listen(context.Background(), "tcp", address)
	if err != nil {
		return err
	}
	certificate, err := tls.LoadX509KeyPair(s.server("tls", "serving-kube-apiserver.crt"), s.server("tls", "serving-kube-apiserver.key"))
	if err != nil {
		return err
	}
	handler, err := s.handler()
	if err != nil {
		return err
	}
	web := &http.Server{
		Handler: handler,
		TLSConfig: &tls.Config{
			Certificates: []tls.Certificate{certificate},
			ClientAuth:   tls.RequestClientCert,
			NextProtos:   []string{"h2", "http/1.1"},
			MinVersion:   tls.VersionTLS12,
		},
		ErrorLog: quiet(),
	}
	go func() { s.fail(web.ServeTLS(listener, "", "")) }()
	return nil
}

func (s *server) handler() (http.Handler, error) {
	routes := http.NewServeMux()
	routes.HandleFunc("GET /ping", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprint(w, "pong") })
	routes.HandleFunc("GET /cacerts", s.serveFile("server-ca.crt"))
	routes.HandleFunc("GET /v1-k3s/client-ca.crt", s.forNodes(s.serveFile("client-ca.crt")))
	routes.HandleFunc("GET /v1-k3s/server-ca.crt", s.forNodes(s.serveFile("server-ca.crt")))
	routes.HandleFunc("GET /v1-k3s/config", s.forNodes(s.serveConfig))
	routes.HandleFunc("GET /v1-k3s/apiservers", s.forNodes(s.serveAddresses))
	routes.HandleFunc("GET /v1-k3s/server-bootstrap", s.forServers(s.serveBootstrap))
	routes.HandleFunc("POST /v1-k3s/client-kubelet.crt", s.forNodes(s.signKubelet))
	routes.HandleFunc("POST /v1-k3s/serving-kubelet.crt", s.forNodes(s.signKubeletServing))
	routes.HandleFunc("POST /v1-k3s/client-kube-proxy.crt", s.forNodes(s.signAs("system:kube-proxy")))
	routes.HandleFunc("POST /v1-k3s/client-k3s-controller.crt", s.forNodes(s.signAs("system:k3s-controller")))
	rest, err := s.passOn()
	if err != nil {
		return nil, err
	}
	routes.Handle("/", rest)
	return routes, nil
}

// passOn hands requests to the API server, in the name of whom the client's certificate is about.
func (s *server) passOn() (http.Handler, error) {
	roots, clients := x509.NewCertPool(), x509.NewCertPool()
	roots.AddCert(s.servers.certificate)
	clients.AddCert(s.clients.certificate)
	proxy, err := tls.LoadX509KeyPair(s.server("tls", "client-auth-proxy.crt"), s.server("tls", "client-auth-proxy.key"))
	if err != nil {
		return nil, err
	}
	transport := func(upgrades bool, certificates ...tls.Certificate) *http.Transport {
		made := &http.Transport{
			TLSClientConfig:     &tls.Config{RootCAs: roots, Certificates: certificates},
			ForceAttemptHTTP2:   !upgrades,
			MaxIdleConnsPerHost: 25,
		}
		if upgrades {
			made.TLSNextProto = map[string]func(string, *tls.Conn) http.RoundTripper{}
		}
		return made
	}
	transports := map[bool]map[bool]*http.Transport{
		false: {false: transport(false), true: transport(false, proxy)},
		true:  {false: transport(true), true: transport(true, proxy)},
	}
	target := &url.URL{Scheme: "https", Host: "127.0.0.1:" + s.one("https-listen-port", "6443")}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get(passed) != "" || !s.ready.Load() {
			http.Error(w, "apiserver not ready", http.StatusServiceUnavailable)
			return
		}
		known := identify(r, clients)
		(&httputil.ReverseProxy{
			Transport:     transports[r.Header.Get("Upgrade") != ""][known != nil],
			FlushInterval: -1,
			ErrorLog:      quiet(),
			Rewrite: func(out *httputil.ProxyRequest) {
				out.SetURL(target)
				out.SetXForwarded()
				for header := range out.Out.Header {
					if strings.HasPrefix(header, "X-Remote-") {
						out.Out.Header.Del(header)
					}
				}
				out.Out.Header.Set(passed, "1")
				if known != nil {
					out.Out.Header.Set("X-Remote-User", known.Subject.CommonName)
					out.Out.Header["X-Remote-Group"] = known.Subject.Organization
				}
			},
		}).ServeHTTP(w, r)
	}), nil
}

// identify is the client's certificate, if it is one of the cluster's.
func identify(r *http.Request, clients *x509.CertPool) *x509.Certificate {
	if r.TLS == nil || len(r.TLS.PeerCertificates) == 0 {
		return nil
	}
	own := r.TLS.PeerCertificates[0]
	usages := []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	if _, err := own.Verify(x509.VerifyOptions{Roots: clients, KeyUsages: usages}); err != nil {
		return nil
	}
	return own
}

// forNodes lets in who has the token of agents or that of servers; forServers only the latter.
func (s *server) forNodes(handle http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		user, word, _ := r.BasicAuth()
		if same(word, s.password) || user == "node" && same(word, s.agentPassword) {
			handle(w, r)
			return
		}
		http.Error(w, "not authorized", http.StatusUnauthorized)
	}
}

func (s *server) forServers(handle http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if _, word, _ := r.BasicAuth(); same(word, s.password) {
			handle(w, r)
			return
		}
		http.Error(w, "not authorized", http.StatusUnauthorized)
	}
}

func (s *server) serveFile(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		text, err := os.ReadFile(s.server("tls", name))
		if err != nil {
			http.Error(w, err.Error(), http.StatusInternalServerError)
			return
		}
		w.Write(text)
	}
}

// clusterConfig is what an agent learns of the cluster.
type clusterConfig struct {
	Pods, Services                      []string
	DNS, Domain, Backend, PauseImage    string
	DefaultRegistry                     string
	Masquerade6, ExternalIP, NoPolicies bool
	NoProxy                             bool
}

func (s *server) serveConfig(w http.ResponseWriter, _ *http.Request) {
	json.NewEncoder(w).Encode(s.clusterConfig())
}

func (s *server) clusterConfig() clusterConfig {
	return clusterConfig{
		Pods: s.pods, Services: s.services, DNS: s.dns, Domain: s.domain,
		Backend:         s.one("flannel-backend", "vxlan"),
		PauseImage:      s.one("pause-image", "rancher/mirrored-pause:3.6"),
		DefaultRegistry: s.one("system-default-registry", ""),
		Masquerade6:     s.is("flannel-ipv6-masq"),
		ExternalIP:      s.is("flannel-external-ip"),
		NoPolicies:      s.is("disable-network-policy"),
		NoProxy:         s.is("disable-kube-proxy"),
	}
}
