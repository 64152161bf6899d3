package main

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"io"
	"log"
	"net/http"
	"strings"

	core "k8s.io/api/core/v1"
	failures "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/client-go/kubernetes"
)

// quiet is a log for what clients do wrong.
func quiet() *log.Logger { return log.New(io.Discard, "", 0) }

func (s *server) signAs(name string) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) { answerRequest(w, r, s.clients, subject{name: name}) }
}

func (s *server) signKubelet(w http.ResponseWriter, r *http.Request) {
	if name, ok := s.nodeOf(w, r); ok {
		answerRequest(w, r, s.clients, subject{name: "system:node:" + name, groups: []string{"system:nodes"}})
	}
}

func (s *server) signKubeletServing(w http.ResponseWriter, r *http.Request) {
	if name, ok := s.nodeOf(w, r); ok {
		hosts := []string{name, "localhost", "127.0.0.1"}
		answerRequest(w, r, s.servers, subject{name: name, hosts: append(hosts, strings.Split(r.Header.Get("K3s-Node-IP"), ",")...)})
	}
}

// answerRequest signs the public key of a certificate request, for a subject that the server chooses.
func answerRequest(w http.ResponseWriter, r *http.Request, by *authority, about subject) {
	text, err := io.ReadAll(http.MaxBytesReader(w, r.Body, 1<<16))
	if err == nil {
		text, err = answer(text, by, about)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	w.Write(text)
}

func answer(text []byte, by *authority, about subject) ([]byte, error) {
	block, _ := pem.Decode(text)
	if block == nil {
		return nil, errors.New("this is no certificate request")
	}
	request, err := x509.ParseCertificateRequest(block.Bytes)
	if err != nil {
		return nil, err
	}
	if err := request.CheckSignature(); err != nil {
		return nil, err
	}
	return by.issue(about, request.PublicKey)
}

// nodeOf is the name of the node that asks, if it has the password that the name was first used with.
func (s *server) nodeOf(w http.ResponseWriter, r *http.Request) (string, bool) {
	name, word := r.Header.Get("K3s-Node-Name"), r.Header.Get("K3s-Node-Password")
	if name == "" || word == "" {
		http.Error(w, "node name or password not set", http.StatusBadRequest)
		return "", false
	}
	if !s.ready.Load() {
		http.Error(w, "apiserver not ready", http.StatusServiceUnavailable)
		return "", false
	}
	if err := s.checkNode(r, name, word); err != nil {
		http.Error(w, err.Error(), http.StatusForbidden)
		return "", false
	}
	return name, true
}

func (s *server) checkNode(r *http.Request, name, word string) error {
	config, err := access(s.server("cred", "supervisor.kubeconfig"))
	if err != nil {
		return err
	}
	client, err := kubernetes.NewForConfig(config)
	if err != nil {
		return err
	}
	sum := sha256.Sum256([]byte(name + word))
	hash := hex.EncodeToString(sum[:])
	secrets := client.CoreV1().Secrets("kube-system")
	secret := &core.Secret{
		ObjectMeta: meta.ObjectMeta{Name: name + ".node-password.k3s"},
		Immutable:  new(true),
		StringData: map[string]string{"hash": hash},
	}
	there, err := secrets.Get(r.Context(), secret.Name, meta.GetOptions{})
	if err == nil && same(string(there.Data["hash"]), hash) {
		return nil
	}
	if err == nil {
		// K3s removes the password of a node that was removed.
		_, err = client.CoreV1().Nodes().Get(r.Context(), name, meta.GetOptions{})
		if err == nil {
			return fmt.Errorf("unable to verify hash for node '%s': hash does not match", name)
		}
		if failures.IsNotFound(err) {
			err = secrets.Delete(r.Context(), secret.Name, meta.DeleteOptions{})
		}
	}
	if err != nil && !failures.IsNotFound(err) {
		return err
	}
	_, err = secrets.Create(r.Context(), secret, meta.CreateOptions{})
	return err
}
