package main

import (
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"reflect"
	"time"
)

// bootstrap is what all servers of a cluster share, and what has to be equal in their settings.
type bootstrap struct {
	Files   map[string][]byte
	Cluster clusterConfig
	Other   map[string]string
}

var shared = []string{
	"tls/client-ca.crt", "tls/client-ca.key", "tls/server-ca.crt", "tls/server-ca.key", "tls/request-header-ca.crt",
	"tls/request-header-ca.key", "tls/service.key", "tls/etcd/server-ca.crt", "tls/etcd/server-ca.key",
	"tls/etcd/peer-ca.crt", "tls/etcd/peer-ca.key", "cred/encryption-config.json",
}

func (s *server) bootstrap() (bootstrap, error) {
	all := bootstrap{Files: map[string][]byte{}, Cluster: s.clusterConfig(), Other: map[string]string{
		"agent-token": s.agentPassword, "secrets-encryption": s.one("secrets-encryption", "false"),
	}}
	for _, name := range shared {
		text, err := os.ReadFile(s.server(name))
		if os.IsNotExist(err) {
			continue
		}
		if err != nil {
			return all, err
		}
		all.Files[name] = text
	}
	return all, nil
}

func (s *server) serveBootstrap(w http.ResponseWriter, _ *http.Request) {
	all, err := s.bootstrap()
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	json.NewEncoder(w).Encode(all)
}

// serveAddresses names the servers by which agents can reach the API.
func (s *server) serveAddresses(w http.ResponseWriter, _ *http.Request) {
	json.NewEncoder(w).Encode([]string{s.addresses[0].String() + ":" + s.one("https-listen-port", "6443")})
}

// joinCluster fetches what the other servers have, before this one makes anything of its own.
func (s *server) joinCluster() error {
	first := s.one("server", "")
	if first == "" || s.hasEtcd() {
		return nil
	}
	at, err := url.Parse(first)
	if err != nil {
		return err
	}
	token, err := s.readToken("token")
	if err != nil {
		return err
	}
	if token == "" {
		return fmt.Errorf("--token is required to join a cluster")
	}
	asked := newClient(at.Host, "server", token)
	var all bootstrap
	err = s.until("the server to join", 2*time.Second, func() error {
		if _, err := asked.trust(s.context); err != nil {
			return err
		}
		return asked.getJSON(s.context, "/v1-k3s/server-bootstrap", &all)
	})
	if err != nil {
		return err
	}
	agents, err := s.readToken("agent-token")
	if err != nil {
		return err
	}
	s.agentPassword = password(agents)
	own, err := s.bootstrap()
	if err != nil {
		return err
	}
	if !reflect.DeepEqual(own.Cluster, all.Cluster) || !maps.Equal(own.Other, all.Other) {
		return fmt.Errorf("failed to validate server configuration: critical configuration value mismatch between servers: here %+v, there %+v", own.Cluster, all.Cluster)
	}
	for name, text := range all.Files {
		if err := write(s.server(name), text, 0o600); err != nil {
			return err
		}
	}
	return nil
}

func hostOf(address string) string {
	parsed, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return parsed.Hostname()
}
