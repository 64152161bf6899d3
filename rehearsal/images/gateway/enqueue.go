package main

import (
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net/http"
	"net/url"
	"os"
	"strings"
	"sync"
	"time"

	"fjord.test/images/queue"
	"fjord.test/images/settings"
	"github.com/nats-io/stan.go"
)

// largest is the queue's limit of a body, in bytes.
const largest = 256_000

// A publisher holds the connection to the queue, and makes a new one when it is lost.
type publisher struct {
	address, port string
	mutex         sync.RWMutex
	connection    stan.Conn
}

func connect(address, port string) (*publisher, error) {
	p := &publisher{address: address, port: port}
	if err := p.open(); err != nil {
		return nil, err
	}
	log.Printf("connected to the queue at %s:%s", address, port)
	return p, nil
}

func (p *publisher) open() error {
	host, _ := os.Hostname()
	client := "faas-publisher-" + strings.ReplaceAll(host, ".", "_")
	connection, err := queue.Connect(p.address, p.port, settings.Text("faas_nats_cluster_name", "faas-cluster"), client,
		func(err error) {
			log.Printf("the connection to the queue is lost: %v", err)
			p.reopen()
		})
	if err != nil {
		return err
	}
	p.mutex.Lock()
	defer p.mutex.Unlock()
	p.connection = connection
	return nil
}

// reopen tries for four minutes, as long as the real one.
func (p *publisher) reopen() {
	for try := range 120 {
		time.Sleep(2 * time.Second)
		if err := p.open(); err == nil {
			log.Printf("connected to the queue again, at try %d", try+1)
			return
		}
	}
	log.Print("the queue does not come back")
}

func (p *publisher) publish(call queue.Call) error {
	text, err := json.Marshal(call)
	if err != nil {
		return err
	}
	p.mutex.RLock()
	connection := p.connection
	p.mutex.RUnlock()
	return connection.Publish(queue.Subject, text)
}

// enqueue is /async-function/NAME: POST only, at most 256,000 bytes, 202 when the queue has the call.
func (g *gateway) enqueue(w http.ResponseWriter, r *http.Request, name, rest string) {
	if r.Method != http.MethodPost {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	if len(body) > largest {
		http.Error(w, fmt.Sprintf("request body too large for OpenFaaS CE (%d), maximum: %d bytes", len(body), largest),
			http.StatusInternalServerError)
		return
	}
	var callback *url.URL
	if address := r.Header.Get("X-Callback-Url"); address != "" {
		if callback, err = url.Parse(address); err != nil {
			http.Error(w, err.Error(), http.StatusBadRequest)
			return
		}
	}
	call := queue.Call{
		Header:      r.Header.Clone(),
		Host:        r.Host,
		Body:        body,
		Method:      r.Method,
		Path:        rest,
		QueryString: r.URL.RawQuery,
		Function:    name,
		QueueName:   queue.Subject,
		CallbackURL: callback,
	}
	setIfMissing(call.Header, "X-Forwarded-Host", r.Host)
	setIfMissing(call.Header, "X-Forwarded-For", r.RemoteAddr)
	if err := g.queue.publish(call); err != nil {
		log.Print(err)
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
