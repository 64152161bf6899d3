package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"strings"
	"time"
)

// usesEtcd: with cluster-init, with a server to join, or once there is an etcd on the disk, as K3s decides it.
func (n *node) usesEtcd() bool {
	return n.is("cluster-init") || n.one("server", "") != "" || n.hasEtcd()
}

func (n *node) hasEtcd() bool { return exists(n.server("db", "etcd", "member")) }

func (s *server) haveEtcdCertificates(own []string) error {
	path := func(name string) string { return s.server("tls", "etcd", name) }
	for into, name := range map[**authority]string{&s.etcd: "server", &s.peers: "peer"} {
		made, err := newAuthority(path(name+"-ca"), "etcd-"+name+"-ca")
		if err != nil {
			return err
		}
		*into = made
	}
	for _, one := range []struct {
		by    *authority
		name  string
		about subject
	}{
		{s.etcd, "client", subject{name: "etcd-client"}},
		{s.etcd, "server-client", subject{name: "etcd-server", hosts: own, both: true}},
		{s.peers, "peer-server-client", subject{name: "etcd-peer", hosts: own, both: true}},
	} {
		if err := one.by.have(path(one.name), one.about); err != nil {
			return err
		}
	}
	return nil
}

func (s *server) startEtcd() error {
	address := host(s.addresses[0].String())
	peer := "https://" + address + ":2380"
	name, err := readOr(s.server("db", "etcd", "name"), 0o600, func() string { return s.name + "-" + randomHex(4) })
	if err != nil {
		return err
	}
	cluster, state := name+"="+peer, "new"
	if join := s.one("server", ""); join != "" && !s.hasEtcd() {
		if cluster, err = s.joinEtcd(join, name, peer); err != nil {
			return err
		}
		state = "existing"
	}
	tls := func(name string) string { return s.server("tls", "etcd", name) }
	own := map[string]string{
		"advertise-client-urls":       "https://" + address + ":2379",
		"cert-file":                   tls("server-client.crt"),
		"client-cert-auth":            "true",
		"data-dir":                    s.server("db", "etcd"),
		"election-timeout":            "5000",
		"heartbeat-interval":          "500",
		"initial-advertise-peer-urls": peer,
		"initial-cluster":             cluster,
		"initial-cluster-state":       state,
		"key-file":                    tls("server-client.key"),
		"listen-client-urls":          "https://127.0.0.1:2379,https://" + address + ":2379",
		"listen-metrics-urls":         "http://127.0.0.1:2381",
		"listen-peer-urls":            "https://127.0.0.1:2380,https://" + address + ":2380",
		"log-level":                   "warn",
		"log-outputs":                 "stderr",
		"logger":                      "zap",
		"name":                        name,
		"peer-cert-file":              tls("peer-server-client.crt"),
		"peer-client-cert-auth":       "true",
		"peer-key-file":               tls("peer-server-client.key"),
		"peer-trusted-ca-file":        tls("peer-ca.crt"),
		"snapshot-count":              "10000",
		"trusted-ca-file":             tls("server-ca.crt"),
	}
	if err := s.start("etcd", s.arguments("etcd-arg", own)); err != nil {
		return err
	}
	client, err := newEtcdClient(s.node)
	if err != nil {
		return err
	}
	return s.until("etcd", 500*time.Millisecond, func() error {
		// It answers only when most of the members do.
		_, err := client.ask("https://127.0.0.1:2379", "/v3/kv/range", object{"key": "aGVhbHRo"})
		return err
	})
}

// joinEtcd makes this server a member beside those that are there, one after the other, and names them all.
func (s *server) joinEtcd(join, name, peer string) (string, error) {
	client, err := newEtcdClient(s.node)
	if err != nil {
		return "", err
	}
	at := "https://" + host(hostOf(join)) + ":2379"
	members := map[string]string{}
	err = s.until("a place in etcd", 2*time.Second, func() error {
		clear(members)
		there, err := client.members(at)
		if err != nil {
			return err
		}
		for _, one := range there {
			if len(one.PeerURLs) > 0 && one.PeerURLs[0] == peer {
				// This server before it lost its disk, or before it was interrupted here.
				if _, err := client.ask(at, "/v3/cluster/member/remove", object{"ID": one.ID}); err != nil {
					return err
				}
			} else if one.Name == "" {
				return fmt.Errorf("another server is joining: %s", one.PeerURLs)
			} else {
				members[one.Name] = one.PeerURLs[0]
			}
		}
		_, err = client.ask(at, "/v3/cluster/member/add", object{"peerURLs": []string{peer}})
		return err
	})
	texts := []string{name + "=" + peer}
	for other, url := range members {
		texts = append(texts, other+"="+url)
	}
	return strings.Join(texts, ","), err
}

type etcdMember struct {
	ID       string
	Name     string
	PeerURLs []string
}

type etcdClient struct{ http *http.Client }

func newEtcdClient(n *node) (*etcdClient, error) {
	path := func(name string) string { return n.server("tls", "etcd", name) }
	own, err := tls.LoadX509KeyPair(path("client.crt"), path("client.key"))
	if err != nil {
		return nil, err
	}
	authority, err := os.ReadFile(path("server-ca.crt"))
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority)
	return &etcdClient{&http.Client{Transport: &http.Transport{
		TLSClientConfig: &tls.Config{RootCAs: roots, Certificates: []tls.Certificate{own}},
	}}}, nil
}

// ask uses etcd's own JSON form of its API.
func (c *etcdClient) ask(at, path string, question object) ([]byte, error) {
	answer, err := c.open(at, path, question)
	if err != nil {
		return nil, err
	}
	defer answer.Close()
	return io.ReadAll(answer)
}

func (c *etcdClient) open(at, path string, question object) (io.ReadCloser, error) {
	body, err := json.Marshal(question)
	if err != nil {
		return nil, err
	}
	answer, err := c.http.Post(at+path, "application/json", bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	if answer.StatusCode != http.StatusOK {
		defer answer.Body.Close()
		text, _ := io.ReadAll(answer.Body)
		return nil, fmt.Errorf("etcd: %s: %s", answer.Status, strings.TrimSpace(string(text)))
	}
	return answer.Body, nil
}

func (c *etcdClient) members(at string) ([]etcdMember, error) {
	text, err := c.ask(at, "/v3/cluster/member/list", object{})
	if err != nil {
		return nil, err
	}
	var read struct{ Members []etcdMember }
	return read.Members, json.Unmarshal(text, &read)
}

// host is an address as it is written in a URL.
func host(address string) string {
	if strings.Contains(address, ":") {
		return "[" + address + "]"
	}
	return address
}
