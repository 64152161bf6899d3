// Stands in for OpenFaaS Community Edition's queue worker 0.14, whose image cannot be had without internet.
//
// As the real one: it exits at its start if the queue cannot be reached; it takes one call at a time, in the order of
// the queue; it calls the function through the gateway, once; a call that is not finished after ack_wait is delivered
// again; the answer goes to X-Callback-Url, once. It has no handler for SIGTERM, so it ends at once. Its environment:
// faas_nats_address, faas_nats_port, faas_nats_cluster_name, faas_nats_queue_group, faas_gateway_address,
// faas_gateway_port, ack_wait, faas_max_reconnect, faas_reconnect_delay. Everything else is ignored.
package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"

	"fjord.test/images/headers"
	"fjord.test/images/queue"
	"fjord.test/images/settings"
	"github.com/nats-io/stan.go"
)

type worker struct {
	address, port, cluster, group string
	gateway                       string
	ackWait                       time.Duration
	client                        *http.Client
}

func main() {
	w := &worker{
		address: settings.Text("faas_nats_address", "nats"),
		port:    settings.Text("faas_nats_port", "4222"),
		cluster: settings.Text("faas_nats_cluster_name", "faas-cluster"),
		group:   settings.Text("faas_nats_queue_group", "faas"),
		gateway: "http://" + net.JoinHostPort(settings.Text("faas_gateway_address", "gateway"),
			settings.Text("faas_gateway_port", "8080")),
		ackWait: settings.Duration("ack_wait", 30*time.Second),
		client:  &http.Client{},
	}
	if err := w.subscribe(); err != nil {
		log.Panic(err)
	}
	log.Printf("stand-in of the queue worker: %s:%s, gateway %s, ack_wait %s", w.address, w.port, w.gateway, w.ackWait)
	select {}
}

func (w *worker) subscribe() error {
	host, _ := os.Hostname()
	connection, err := queue.Connect(w.address, w.port, w.cluster, "faas-worker-"+strings.ReplaceAll(host, ".", "_"), w.lost)
	if err != nil {
		return err
	}
	_, err = connection.QueueSubscribe(queue.Subject, w.group, w.take,
		stan.DurableName(queue.Subject),
		stan.AckWait(w.ackWait),
		stan.MaxInflight(1),
		stan.StartWithLastReceived())
	return err
}

// lost tries again and again, faas_max_reconnect times.
func (w *worker) lost(err error) {
	log.Printf("the connection to the queue is lost: %v", err)
	delay := settings.Duration("faas_reconnect_delay", 2*time.Second)
	for try := range settings.Number("faas_max_reconnect", 120) {
		time.Sleep(delay)
		if err := w.subscribe(); err == nil {
			log.Printf("connected to the queue again, at try %d", try+1)
			return
		}
	}
	log.Print("the queue does not come back")
}

// take returns when the call is made, which acknowledges it, whatever came of it.
func (w *worker) take(message *stan.Msg) {
	var call queue.Call
	if err := json.Unmarshal(message.Data, &call); err != nil {
		log.Printf("unreadable call: %v", err)
		return
	}
	id := call.Header.Get("X-Call-Id")
	begin := time.Now()
	code, header, body, err := w.call(call)
	if err != nil {
		log.Printf("[%s] %s: %v", id, call.Function, err)
		code, header = http.StatusServiceUnavailable, http.Header{}
	} else {
		log.Printf("[%s] %s: %d (%.4fs)", id, call.Function, code, time.Since(begin).Seconds())
	}
	if call.CallbackURL == nil {
		return
	}
	answered, err := w.report(call, code, header, body, time.Since(begin))
	if err != nil {
		log.Printf("[%s] the result of %s is lost: %v", id, call.Function, err)
		return
	}
	log.Printf("[%s] the result of %s: %d", id, call.Function, answered)
}

func (w *worker) call(call queue.Call) (int, http.Header, []byte, error) {
	path := call.Path
	if path == "" {
		path = "/"
	}
	address := w.gateway + "/function/" + strings.Trim(call.Function, "/") + path
	if call.QueryString != "" {
		address += "?" + strings.TrimLeft(call.QueryString, "?")
	}
	request, err := http.NewRequest(http.MethodPost, address, bytes.NewReader(call.Body))
	if err != nil {
		return 0, nil, nil, err
	}
	headers.Copy(request.Header, call.Header)
	request.Host = call.Host
	answer, err := w.client.Do(request)
	if err != nil {
		return 0, nil, nil, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	return answer.StatusCode, answer.Header, body, err
}

func (w *worker) report(call queue.Call, code int, header http.Header, body []byte, took time.Duration) (int, error) {
	request, err := http.NewRequest(http.MethodPost, call.CallbackURL.String(), bytes.NewReader(body))
	if err != nil {
		return 0, err
	}
	headers.Copy(request.Header, header)
	request.Header.Del("Content-Length")
	request.Header.Set("X-Duration-Seconds", fmt.Sprintf("%f", took.Seconds()))
	request.Header.Set("X-Function-Status", strconv.Itoa(code))
	request.Header.Set("X-Function-Name", call.Function)
	request.Header.Set("X-Call-Id", call.Header.Get("X-Call-Id"))
	answer, err := w.client.Do(request)
	if err != nil {
		return 0, err
	}
	answer.Body.Close()
	return answer.StatusCode, nil
}
