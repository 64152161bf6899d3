package contract

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"math/big"
	"net"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// An api is as much of the API server as the provider asks for: lists, watches, and a Deployment read and written.
type api struct {
	authority string

	mutex    sync.Mutex
	version  int
	objects  map[string]map[string]map[string]any
	watchers map[chan event]string
	history  []happened
	puts     []string
}

// What happened between a list and the watch that follows it is told by the watch.
type happened struct {
	kind    string
	version int
	event   event
}

type event struct {
	Type   string         `json:"type"`
	Object map[string]any `json:"object"`
}

const token = "a-token"

func newAPI(t *testing.T) *api {
	t.Helper()
	a := &api{objects: map[string]map[string]map[string]any{"deployments": {}, "endpoints": {}}, watchers: map[chan event]string{}}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, IPAddresses: []net.IP{net.ParseIP("10.42.0.1")},
	}
	certificate, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	a.authority = string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: certificate}))
	listener, err := tls.Listen("tcp", "10.42.0.1:6443", &tls.Config{
		Certificates: []tls.Certificate{{Certificate: [][]byte{certificate}, PrivateKey: key}},
	})
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: a}
	go server.Serve(listener)
	t.Cleanup(func() { server.Close() })
	return a
}

func (a *api) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	parts := strings.Split(strings.Trim(r.URL.Path, "/"), "/")
	if r.Header.Get("Authorization") != "Bearer "+token {
		w.WriteHeader(http.StatusUnauthorized)
		return
	}
	for at, part := range parts {
		if part != "deployments" && part != "endpoints" {
			continue
		}
		switch {
		case len(parts) > at+1 && r.Method == http.MethodPut:
			var object map[string]any
			json.NewDecoder(r.Body).Decode(&object)
			a.mutex.Lock()
			a.puts = append(a.puts, fmt.Sprint(parts[at+1], "=", object["spec"].(map[string]any)["replicas"]))
			a.mutex.Unlock()
			a.set(part, parts[at+1], object)
			json.NewEncoder(w).Encode(object)
		case len(parts) > at+1:
			a.mutex.Lock()
			object, has := a.objects[part][parts[at+1]]
			a.mutex.Unlock()
			if !has {
				w.WriteHeader(http.StatusNotFound)
				return
			}
			json.NewEncoder(w).Encode(object)
		case r.URL.Query().Get("watch") == "true":
			a.watch(w, r, part)
		default:
			a.mutex.Lock()
			items := []any{}
			for _, one := range a.objects[part] {
				items = append(items, one)
			}
			version := fmt.Sprint(a.version)
			a.mutex.Unlock()
			json.NewEncoder(w).Encode(map[string]any{"metadata": map[string]any{"resourceVersion": version}, "items": items})
		}
		return
	}
	w.WriteHeader(http.StatusNotFound)
}

func (a *api) watch(w http.ResponseWriter, r *http.Request, kind string) {
	events := make(chan event, 1000)
	var since int
	fmt.Sscan(r.URL.Query().Get("resourceVersion"), &since)
	a.mutex.Lock()
	for _, one := range a.history {
		if one.kind == kind && one.version > since {
			events <- one.event
		}
	}
	a.watchers[events] = kind
	a.mutex.Unlock()
	defer func() {
		a.mutex.Lock()
		delete(a.watchers, events)
		a.mutex.Unlock()
	}()
	w.(http.Flusher).Flush()
	for {
		select {
		case one := <-events:
			json.NewEncoder(w).Encode(one)
			w.(http.Flusher).Flush()
		case <-r.Context().Done():
			return
		}
	}
}

// set adds or changes an object, and removes it without one.
func (a *api) set(kind, name string, object map[string]any) {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	a.version++
	what := "MODIFIED"
	if object == nil {
		what, object = "DELETED", a.objects[kind][name]
		delete(a.objects[kind], name)
	} else {
		a.objects[kind][name] = object
	}
	meta := object["metadata"].(map[string]any)
	meta["resourceVersion"] = fmt.Sprint(a.version)
	text, _ := json.Marshal(object)
	var copied map[string]any
	json.Unmarshal(text, &copied)
	a.history = append(a.history, happened{kind, a.version, event{what, copied}})
	for events, of := range a.watchers {
		if of == kind {
			events <- event{what, copied}
		}
	}
}

func (a *api) function(name string, replicas, available int, labels map[string]string, addresses ...string) {
	all := map[string]string{"faas_function": name}
	for key, value := range labels {
		all[key] = value
	}
	a.set("deployments", name, map[string]any{
		"metadata": map[string]any{"name": name, "labels": map[string]string{"faas_function": name}},
		"spec": map[string]any{
			"replicas": replicas,
			"template": map[string]any{
				"metadata": map[string]any{"labels": all},
				"spec":     map[string]any{"containers": []any{map[string]any{"image": "an-image"}}},
			},
		},
		"status": map[string]any{"availableReplicas": available},
	})
	ready := []any{}
	for _, address := range addresses {
		ready = append(ready, map[string]string{"ip": address})
	}
	subsets := []any{}
	if len(ready) > 0 {
		subsets = append(subsets, map[string]any{"addresses": ready})
	}
	a.set("endpoints", name, map[string]any{"metadata": map[string]any{"name": name}, "subsets": subsets})
}

func (a *api) replicas(name string) int {
	a.mutex.Lock()
	defer a.mutex.Unlock()
	text, _ := json.Marshal(a.objects["deployments"][name]["spec"].(map[string]any)["replicas"])
	var number int
	json.Unmarshal(text, &number)
	return number
}
