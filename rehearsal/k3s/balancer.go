package main

import (
	"encoding/json"
	"io"
	"net"
	"os"
	"slices"
	"sync"
	"time"

	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
)

// balancer is an agent's way to the API servers: a port of its own, from which connections go to a server that answers.
type balancer struct {
	listener net.Listener
	file     string
	mutex    sync.Mutex
	servers  []string
}

func newBalancer(n *node, first string) (*balancer, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:"+n.one("lb-server-port", "6444"))
	if err != nil {
		return nil, err
	}
	made := &balancer{listener: listener, file: n.agent("etc", "k3s-agent-load-balancer.json")}
	if text, err := os.ReadFile(made.file); err == nil {
		json.Unmarshal(text, &made.servers)
	}
	if !slices.Contains(made.servers, first) {
		made.servers = append([]string{first}, made.servers...)
	}
	return made, nil
}

func (b *balancer) address() string { return b.listener.Addr().String() }

func (b *balancer) serve(p *parts) {
	go func() {
		<-p.context.Done()
		b.listener.Close()
	}()
	for {
		connection, err := b.listener.Accept()
		if err != nil {
			p.fail(err)
			return
		}
		go b.connect(connection)
	}
}

func (b *balancer) connect(from net.Conn) {
	defer from.Close()
	b.mutex.Lock()
	servers := slices.Clone(b.servers)
	b.mutex.Unlock()
	for _, server := range servers {
		to, err := net.DialTimeout("tcp", server, 5*time.Second)
		if err != nil {
			b.putLast(server)
			continue
		}
		defer to.Close()
		go func() {
			io.Copy(to, from)
			to.Close()
		}()
		io.Copy(from, to)
		return
	}
}

func (b *balancer) putLast(server string) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.servers = append(slices.DeleteFunc(b.servers, func(other string) bool { return other == server }), server)
}

// learn keeps up with which servers there are, and remembers them for the next start.
func (b *balancer) learn(a *agent) {
	for {
		slices, err := a.controller.DiscoveryV1().EndpointSlices("default").List(a.context,
			meta.ListOptions{LabelSelector: "kubernetes.io/service-name=kubernetes"})
		if err == nil {
			var found []string
			for _, slice := range slices.Items {
				for _, endpoint := range slice.Endpoints {
					for _, address := range endpoint.Addresses {
						found = append(found, net.JoinHostPort(address, "6443"))
					}
				}
			}
			b.take(found)
		}
		select {
		case <-a.context.Done():
			return
		case <-time.After(10 * time.Second):
		}
	}
}

// take adds servers that are new and drops those that are gone; the one in use stays the first.
func (b *balancer) take(found []string) {
	if len(found) == 0 {
		return
	}
	b.mutex.Lock()
	defer b.mutex.Unlock()
	before := len(b.servers)
	b.servers = slices.DeleteFunc(b.servers, func(server string) bool { return !slices.Contains(found, server) })
	changed := before != len(b.servers)
	for _, server := range found {
		if !slices.Contains(b.servers, server) {
			b.servers = append(b.servers, server)
			changed = true
		}
	}
	if changed {
		text, _ := json.Marshal(b.servers)
		write(b.file, text, 0o600)
	}
}
