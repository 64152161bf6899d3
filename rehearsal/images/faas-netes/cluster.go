package main

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"sort"
	"strings"
	"sync"
	"time"

	"fjord.test/images/settings"
)

// A cluster is what the API server told of a namespace.
type cluster struct {
	server    string
	account   string
	namespace string
	client    *http.Client

	mutex       sync.RWMutex
	deployments map[string]deployment
	endpoints   map[string][]string
}

type metadata struct {
	Name              string            `json:"name"`
	ResourceVersion   string            `json:"resourceVersion"`
	Labels            map[string]string `json:"labels"`
	Annotations       map[string]string `json:"annotations"`
	CreationTimestamp string            `json:"creationTimestamp"`
}

type deployment struct {
	Metadata metadata `json:"metadata"`
	Spec     struct {
		Replicas *int `json:"replicas"`
		Template struct {
			Metadata metadata `json:"metadata"`
			Spec     struct {
				Containers []struct {
					Image     string                     `json:"image"`
					Env       []map[string]any           `json:"env"`
					Resources map[string]json.RawMessage `json:"resources"`
				} `json:"containers"`
			} `json:"spec"`
		} `json:"template"`
	} `json:"spec"`
	Status struct {
		AvailableReplicas int `json:"availableReplicas"`
	} `json:"status"`
}

type endpoints struct {
	Metadata metadata `json:"metadata"`
	Subsets  []struct {
		Addresses []struct {
			IP string `json:"ip"`
		} `json:"addresses"`
	} `json:"subsets"`
}

// inCluster is the API server as a pod sees it. stand_in_account is for tests: another directory of the account.
func inCluster(namespace string) (*cluster, error) {
	account := settings.Text("stand_in_account", "/var/run/secrets/kubernetes.io/serviceaccount")
	host, port := os.Getenv("KUBERNETES_SERVICE_HOST"), os.Getenv("KUBERNETES_SERVICE_PORT")
	if host == "" || port == "" {
		return nil, errors.New("KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT must be set: this is no pod")
	}
	authority, err := os.ReadFile(filepath.Join(account, "ca.crt"))
	if err != nil {
		return nil, err
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(authority)
	return &cluster{
		server:    "https://" + net.JoinHostPort(host, port),
		account:   account,
		namespace: namespace,
		client: &http.Client{Transport: &http.Transport{
			DialContext:           (&net.Dialer{Timeout: 10 * time.Second, KeepAlive: 15 * time.Second}).DialContext,
			TLSClientConfig:       &tls.Config{RootCAs: roots},
			TLSHandshakeTimeout:   10 * time.Second,
			ResponseHeaderTimeout: 30 * time.Second,
		}},
	}, nil
}

// ask has the token of the moment: the kubelet renews the file.
func (c *cluster) ask(method, path string, body []byte) (*http.Response, error) {
	token, err := os.ReadFile(filepath.Join(c.account, "token"))
	if err != nil {
		return nil, err
	}
	request, err := http.NewRequest(method, c.server+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	request.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	request.Header.Set("Accept", "application/json")
	request.Header.Set("Content-Type", "application/json")
	answer, err := c.client.Do(request)
	if err != nil {
		return nil, err
	}
	if answer.StatusCode >= 300 {
		defer answer.Body.Close()
		text, _ := io.ReadAll(io.LimitReader(answer.Body, 1000))
		return nil, fmt.Errorf("%s %s: %d %s", method, path, answer.StatusCode, text)
	}
	return answer, nil
}

func (c *cluster) deploymentsPath() string {
	return "/apis/apps/v1/namespaces/" + c.namespace + "/deployments"
}

// follow returns when both lists have come, and goes on watching.
func (c *cluster) follow() {
	lists := sync.WaitGroup{}
	lists.Add(2)
	go watch(c, c.deploymentsPath(), lists.Done,
		func(d deployment) metadata { return d.Metadata },
		func(all map[string]deployment) {
			c.mutex.Lock()
			c.deployments = all
			c.mutex.Unlock()
			for _, one := range all {
				c.keepLimits(one)
			}
		},
		func(d deployment, gone bool) {
			c.mutex.Lock()
			defer c.mutex.Unlock()
			if gone {
				delete(c.deployments, d.Metadata.Name)
				return
			}
			c.deployments[d.Metadata.Name] = d
			go c.keepLimits(d)
		})
	go watch(c, "/api/v1/namespaces/"+c.namespace+"/endpoints", lists.Done,
		func(e endpoints) metadata { return e.Metadata },
		func(all map[string]endpoints) {
			ready := map[string][]string{}
			for name, one := range all {
				ready[name] = one.ready()
			}
			c.mutex.Lock()
			defer c.mutex.Unlock()
			c.endpoints = ready
		},
		func(e endpoints, gone bool) {
			c.mutex.Lock()
			defer c.mutex.Unlock()
			if gone {
				delete(c.endpoints, e.Metadata.Name)
				return
			}
			c.endpoints[e.Metadata.Name] = e.ready()
		})
	lists.Wait()
}

// ready are the addresses of the first subset, which is the only one that the real provider reads.
func (e endpoints) ready() []string {
	var addresses []string
	if len(e.Subsets) > 0 {
		for _, one := range e.Subsets[0].Addresses {
			addresses = append(addresses, one.IP)
		}
	}
	return addresses
}

// watch lists, and then takes each change; whatever goes wrong, it begins anew after a second.
func watch[T any](c *cluster, path string, listed func(), meta func(T) metadata, all func(map[string]T), change func(T, bool)) {
	once := sync.OnceFunc(listed)
	for ; ; time.Sleep(time.Second) {
		if err := listAndWatch(c, path, once, meta, all, change); err != nil {
			log.Printf("%s: %v", path, err)
		}
	}
}

func listAndWatch[T any](c *cluster, path string, listed func(), meta func(T) metadata, all func(map[string]T), change func(T, bool)) error {
	answer, err := c.ask(http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	var list struct {
		Metadata metadata `json:"metadata"`
		Items    []T      `json:"items"`
	}
	err = json.NewDecoder(answer.Body).Decode(&list)
	answer.Body.Close()
	if err != nil {
		return err
	}
	found := map[string]T{}
	for _, item := range list.Items {
		found[meta(item).Name] = item
	}
	all(found)
	listed()
	at := list.Metadata.ResourceVersion
	for {
		// The API server ends the watch after these five minutes; the next one begins where it was.
		answer, err := c.ask(http.MethodGet,
			path+"?watch=true&allowWatchBookmarks=true&timeoutSeconds=300&resourceVersion="+at, nil)
		if err != nil {
			return err
		}
		at, err = takeEvents(answer.Body, at, meta, change)
		answer.Body.Close()
		if err != nil {
			return err
		}
	}
}

func takeEvents[T any](from io.Reader, at string, meta func(T) metadata, change func(T, bool)) (string, error) {
	events := json.NewDecoder(from)
	for {
		var event struct {
			Type   string          `json:"type"`
			Object json.RawMessage `json:"object"`
		}
		if err := events.Decode(&event); err == io.EOF {
			return at, nil
		} else if err != nil {
			return at, err
		}
		if event.Type == "ERROR" {
			return at, fmt.Errorf("the watch ended: %s", event.Object)
		}
		var object T
		if err := json.Unmarshal(event.Object, &object); err != nil {
			return at, err
		}
		at = meta(object).ResourceVersion
		if event.Type != "BOOKMARK" {
			change(object, event.Type == "DELETED")
		}
	}
}

// keepLimits does what the community edition does with a function's Deployment: 0 becomes 1, more than 5 become 5.
func (c *cluster) keepLimits(d deployment) {
	if _, is := d.Spec.Template.Metadata.Labels["faas_function"]; !is || d.Spec.Replicas == nil {
		return
	}
	allowed := min(max(*d.Spec.Replicas, 1), mostCopies)
	if allowed == *d.Spec.Replicas {
		return
	}
	if err := c.scale(d.Metadata.Name, allowed); err != nil {
		log.Print(err)
	}
}

// scale reads the Deployment and writes it back whole: the account may not patch.
func (c *cluster) scale(name string, to int) error {
	path := c.deploymentsPath() + "/" + name
	answer, err := c.ask(http.MethodGet, path, nil)
	if err != nil {
		return err
	}
	object := map[string]any{}
	err = json.NewDecoder(answer.Body).Decode(&object)
	answer.Body.Close()
	if err != nil {
		return err
	}
	spec, _ := object["spec"].(map[string]any)
	spec["replicas"] = to
	text, err := json.Marshal(object)
	if err != nil {
		return err
	}
	answer, err = c.ask(http.MethodPut, path, text)
	if err != nil {
		return err
	}
	answer.Body.Close()
	log.Printf("%s has now %d replicas", name, to)
	return nil
}

func (c *cluster) deployment(name string) (deployment, bool) {
	c.mutex.RLock()
	defer c.mutex.RUnlock()
	found, ok := c.deployments[name]
	return found, ok
}

func (c *cluster) addresses(name string) []string {
	c.mutex.RLock()
	defer c.mutex.RUnlock()
	return c.endpoints[name]
}

func (c *cluster) functions() int { return len(c.list()) }

// list has the Deployments that say that they are functions.
func (c *cluster) list() []map[string]any {
	c.mutex.RLock()
	defer c.mutex.RUnlock()
	found := []map[string]any{}
	for _, one := range c.deployments {
		if _, is := one.Metadata.Labels["faas_function"]; is {
			found = append(found, one.status(c.namespace))
		}
	}
	sort.Slice(found, func(i, j int) bool { return found[i]["name"].(string) < found[j]["name"].(string) })
	return found
}

func (d deployment) status(namespace string) map[string]any {
	replicas := 1
	if d.Spec.Replicas != nil {
		replicas = *d.Spec.Replicas
	}
	status := map[string]any{
		"name":              d.Metadata.Name,
		"namespace":         namespace,
		"replicas":          replicas,
		"availableReplicas": d.Status.AvailableReplicas,
		"labels":            d.Spec.Template.Metadata.Labels,
		"annotations":       d.Spec.Template.Metadata.Annotations,
		"createdAt":         d.Metadata.CreationTimestamp,
	}
	if containers := d.Spec.Template.Spec.Containers; len(containers) > 0 {
		status["image"] = containers[0].Image
		status["limits"] = containers[0].Resources["limits"]
		status["requests"] = containers[0].Resources["requests"]
		for _, one := range containers[0].Env {
			if one["name"] == "fprocess" {
				status["envProcess"] = one["value"]
			}
		}
	}
	return status
}
