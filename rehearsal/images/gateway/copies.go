package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"log"
	"math"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// maximum is the community edition's: replicas beyond it are not asked for.
const maximum = 5

// A service is what the provider knows of a function.
type service struct {
	Name              string            `json:"name"`
	Namespace         string            `json:"namespace"`
	Replicas          uint64            `json:"replicas"`
	AvailableReplicas uint64            `json:"availableReplicas"`
	Labels            map[string]string `json:"labels"`
}

// copies remembers for 250 ms what the provider answered.
type copies struct {
	sync.Mutex
	known map[string]known
}

type known struct {
	service service
	until   time.Time
}

func (c *copies) get(name string) (service, bool) {
	c.Lock()
	defer c.Unlock()
	found, ok := c.known[name]
	return found.service, ok && time.Now().Before(found.until)
}

func (c *copies) set(name string, s service) {
	c.Lock()
	defer c.Unlock()
	if c.known == nil {
		c.known = map[string]known{}
	}
	c.known[name] = known{s, time.Now().Add(250 * time.Millisecond)}
}

// split is a function's name and namespace: `figlet`, or `figlet.openfaas-fn`.
func (g *gateway) split(name string) (string, string) {
	if at := strings.LastIndex(name, "."); at > 0 {
		return name[:at], name[at+1:]
	}
	return name, g.namespace
}

func (g *gateway) fullName(name string) string {
	name, namespace := g.split(name)
	if namespace == "" {
		return name
	}
	return name + "." + namespace
}

func (g *gateway) ask(method, path string, body any) (int, []byte, error) {
	var content io.Reader
	if body != nil {
		text, _ := json.Marshal(body)
		content = bytes.NewReader(text)
	}
	request, err := http.NewRequest(method, g.provider+path, content)
	if err != nil {
		return 0, nil, err
	}
	g.credentials.Ask(request)
	client := *g.client
	client.Timeout = g.upstream
	answer, err := client.Do(request)
	if err != nil {
		return 0, nil, err
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	return answer.StatusCode, text, err
}

// lookUp asks the provider for a function.
func (g *gateway) lookUp(name string) (service, int, error) {
	function, namespace := g.split(name)
	code, text, err := g.ask(http.MethodGet, "/system/function/"+function+"?namespace="+namespace, nil)
	if err != nil {
		return service{}, http.StatusInternalServerError, fmt.Errorf("error finding function %s.%s: %v", function, namespace, err)
	}
	if code == http.StatusNotFound {
		return service{}, code, fmt.Errorf("error finding function %s.%s: not found", function, namespace)
	}
	var found service
	if code != http.StatusOK || json.Unmarshal(text, &found) != nil {
		return service{}, http.StatusInternalServerError,
			fmt.Errorf("error finding function %s.%s: the provider answered %d", function, namespace, code)
	}
	g.copies.set(name, found)
	return found, 0, nil
}

// awaken returns when a copy is ready: it looks every 100 ms, a thousand times. The code of an answer after that is not
// in the contract.
func (g *gateway) awaken(name string) (int, error) {
	found, fresh := g.copies.get(name)
	if !fresh {
		var code int
		var err error
		if found, code, err = g.lookUp(name); err != nil {
			return code, err
		}
	}
	if found.AvailableReplicas > 0 {
		return 0, nil
	}
	if found.Replicas == 0 {
		min, _, _ := limits(found.Labels)
		if err := g.setCopies(name, uint64(max(min, 1))); err != nil {
			return http.StatusInternalServerError, err
		}
	}
	for range 1000 {
		time.Sleep(100 * time.Millisecond)
		if found, _, err := g.lookUp(name); err == nil && found.AvailableReplicas > 0 {
			return 0, nil
		}
	}
	return http.StatusGatewayTimeout, fmt.Errorf("no copy of %s is ready", name)
}

func (g *gateway) setCopies(name string, to uint64) error {
	function, namespace := g.split(name)
	code, text, err := g.ask(http.MethodPost, "/system/scale-function/"+function+"?namespace="+namespace,
		map[string]any{"serviceName": function, "namespace": namespace, "replicas": to})
	if err != nil {
		return err
	}
	if code != http.StatusOK && code != http.StatusAccepted {
		return fmt.Errorf("scaling %s to %d: %d %s", name, to, code, bytes.TrimSpace(text))
	}
	return nil
}

// limits are the labels com.openfaas.scale.min, max and factor of a function's pods.
func limits(labels map[string]string) (minimum, most, factor int) {
	number := func(key string, otherwise int) int {
		if value, err := strconv.Atoi(labels["com.openfaas.scale."+key]); err == nil {
			return value
		}
		return otherwise
	}
	factor = number("factor", 10)
	if factor < 0 || factor > 100 {
		factor = 10
	}
	return number("min", 1), min(number("max", maximum), maximum), factor
}

// wanted is how many copies an alert asks for: a step more while it fires, the least when it is over.
func wanted(state string, now, minimum, most, factor int) int {
	if state == "resolved" {
		return minimum
	}
	if minimum == most || factor == 0 {
		return now
	}
	step := int(math.Ceil(float64(min(most, maximum)) / 100 * float64(factor)))
	return min(now+step, most)
}

type alerts struct {
	Alerts []struct {
		Status string            `json:"status"`
		Labels map[string]string `json:"labels"`
	} `json:"alerts"`
}

// alert is the webhook of Alertmanager.
func (g *gateway) alert(w http.ResponseWriter, r *http.Request) {
	if r.Method != http.MethodPost {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	var got alerts
	if err := json.NewDecoder(r.Body).Decode(&got); err != nil {
		http.Error(w, "unable to parse alert", http.StatusBadRequest)
		return
	}
	failed := false
	for _, one := range got.Alerts {
		if err := g.follow(one.Status, one.Labels["function_name"]); err != nil {
			log.Print(err)
			failed = true
		}
	}
	if failed {
		w.WriteHeader(http.StatusInternalServerError)
	}
}

func (g *gateway) follow(state, name string) error {
	if name == "" {
		return nil
	}
	found, _, err := g.lookUp(name)
	if err != nil {
		return err
	}
	minimum, most, factor := limits(found.Labels)
	to := wanted(state, int(found.Replicas), minimum, most, factor)
	log.Printf("[Scale] function=%s %d => %d (%s)", name, found.Replicas, to, state)
	if to == int(found.Replicas) {
		return nil
	}
	return g.setCopies(name, uint64(to))
}

// scaleFunction is the administrator's: from 1 to 5.
func (g *gateway) scaleFunction(w http.ResponseWriter, r *http.Request, name string) {
	if r.Method != http.MethodPost {
		w.WriteHeader(http.StatusMethodNotAllowed)
		return
	}
	var asked struct {
		Replicas uint64 `json:"replicas"`
	}
	if err := json.NewDecoder(r.Body).Decode(&asked); err != nil {
		http.Error(w, "error parsing request", http.StatusBadRequest)
		return
	}
	if _, code, err := g.lookUp(name); err != nil {
		http.Error(w, err.Error(), code)
		return
	}
	if err := g.setCopies(name, min(max(asked.Replicas, 1), maximum)); err != nil {
		http.Error(w, err.Error(), http.StatusInternalServerError)
		return
	}
	w.WriteHeader(http.StatusAccepted)
}
