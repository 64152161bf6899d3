package main

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"sort"
	"strings"
	"time"

	"github.com/rancher/wrangler/v3/pkg/apply"
	failures "k8s.io/apimachinery/pkg/api/errors"
	meta "k8s.io/apimachinery/pkg/apis/meta/v1"
	"k8s.io/apimachinery/pkg/apis/meta/v1/unstructured"
	"k8s.io/apimachinery/pkg/runtime/schema"
	"k8s.io/apimachinery/pkg/types"
	"k8s.io/client-go/dynamic"
)

// How often the manifests folder is looked at, as in K3s.
const lookEvery = 15 * time.Second

var addonKind = schema.GroupVersionResource{Group: "k3s.cattle.io", Version: "v1", Resource: "addons"}

// deployer applies the files of the manifests folder, each as an AddOn that owns the file's objects.
type deployer struct {
	*server
	addons dynamic.ResourceInterface
	apply  func() (apply.Apply, error)
	// When a file was last changed, as of its last apply; and what it had then.
	applied map[string]appliedFile
}

type appliedFile struct {
	changed time.Time
	sum     string
}

func (s *server) deploy() error {
	config, err := access(s.server("cred", "supervisor.kubeconfig"))
	if err != nil {
		return err
	}
	client, err := dynamic.NewForConfig(config)
	if err != nil {
		return err
	}
	if err := s.until("the kinds of K3s", time.Second, func() error { return haveKinds(s.context, client) }); err != nil {
		return err
	}
	if err := s.writePackaged(); err != nil {
		return err
	}
	controller := &deployer{
		server: s, applied: map[string]appliedFile{},
		addons: client.Resource(addonKind).Namespace("kube-system"),
		apply:  func() (apply.Apply, error) { return applier(config) },
	}
	go controller.run()
	go s.nameNodes(config)
	return nil
}

// run goes through the folder again and again. At a start, all is applied; after that, what was changed or has failed.
func (d *deployer) run() {
	pause := time.Duration(0)
	for {
		select {
		case <-d.context.Done():
			return
		case <-time.After(pause):
		}
		pause = lookEvery
		for _, path := range d.files() {
			if err := d.look(path); err != nil {
				logf("k3s", "level=error msg=\"Failed to process config: failed to process %s: %s\"", path, strings.ReplaceAll(err.Error(), `"`, "'"))
				// K3s too comes back to what failed before it looks again.
				pause = 5 * time.Second
			}
		}
	}
}

// files are the manifests, sorted by path, without those that are to be skipped.
func (d *deployer) files() []string {
	var found []string
	root := d.server.server("manifests")
	filepath.WalkDir(root, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() || strings.HasPrefix(entry.Name(), ".") {
			return nil
		}
		if slices.Contains([]string{".yaml", ".yml", ".json"}, strings.ToLower(filepath.Ext(path))) {
			found = append(found, path)
		}
		return nil
	})
	sort.Strings(found)
	return slices.DeleteFunc(found, func(path string) bool {
		_, err := os.Stat(path + ".skip")
		return err == nil
	})
}

func (d *deployer) look(path string) error {
	about, err := os.Stat(path)
	if err != nil {
		return nil
	}
	name, _, _ := strings.Cut(filepath.Base(path), ".")
	if slices.Contains(d.list("disable"), name) {
		return d.remove(path, name)
	}
	before := d.applied[path]
	if !before.changed.IsZero() && before.changed.Equal(about.ModTime()) {
		return nil
	}
	text, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	sum := sha256.Sum256(text)
	now := appliedFile{about.ModTime(), hex.EncodeToString(sum[:])}
	if before.sum != now.sum {
		if err := d.applyFile(path, name, now.sum); err != nil {
			return err
		}
		logf("k3s", "level=info msg=\"Applied manifest at %s\"", path)
	}
	d.applied[path] = now
	return nil
}

func (d *deployer) applyFile(path, name, sum string) error {
	objects, err := objectsOf(path)
	if err != nil {
		return err
	}
	addon, err := d.addon(path, name, sum)
	if err != nil {
		return err
	}
	as, err := d.apply()
	if err != nil {
		return err
	}
	kinds := objects.GVKs()
	old := kindsOf(addon)
	if err := as.WithOwner(addon).WithGVK(slices.Concat(kinds, old)...).Apply(objects); err != nil {
		return err
	}
	// What is no more in the file is looked for among these next time.
	return d.patch(name, map[string]any{"status": map[string]any{"gvks": kinds}})
}

// remove takes away what a disabled file has made, and the file.
func (d *deployer) remove(path, name string) error {
	addon, err := d.addons.Get(d.context, name, meta.GetOptions{})
	if err == nil {
		as, failed := d.apply()
		if failed != nil {
			return failed
		}
		if err := as.WithOwner(addon).WithGVK(kindsOf(addon)...).ApplyObjects(); err != nil {
			return err
		}
		err = d.addons.Delete(d.context, name, meta.DeleteOptions{})
	}
	if err != nil && !failures.IsNotFound(err) {
		return err
	}
	return os.Remove(path)
}

// addon is the AddOn of a file, made or brought up to date.
func (d *deployer) addon(path, name, sum string) (*unstructured.Unstructured, error) {
	spec := map[string]any{"source": path, "checksum": sum}
	there, err := d.addons.Get(d.context, name, meta.GetOptions{})
	if failures.IsNotFound(err) {
		made := &unstructured.Unstructured{Object: map[string]any{
			"apiVersion": "k3s.cattle.io/v1", "kind": "Addon", "metadata": map[string]any{"name": name, "namespace": "kube-system"}, "spec": spec,
		}}
		return d.addons.Create(d.context, made, meta.CreateOptions{})
	}
	if err != nil {
		return nil, err
	}
	return there, d.patch(name, map[string]any{"spec": spec})
}

func (d *deployer) patch(name string, change map[string]any) error {
	text, err := json.Marshal(change)
	if err != nil {
		return err
	}
	_, err = d.addons.Patch(d.context, name, types.MergePatchType, text, meta.PatchOptions{})
	return err
}

func kindsOf(addon *unstructured.Unstructured) []schema.GroupVersionKind {
	var kinds []schema.GroupVersionKind
	list, _, _ := unstructured.NestedSlice(addon.Object, "status", "gvks")
	for _, one := range list {
		if kind, is := one.(map[string]any); is {
			text := func(key string) string { return fmt.Sprint(kind[key]) }
			kinds = append(kinds, schema.GroupVersionKind{Group: text("Group"), Version: text("Version"), Kind: text("Kind")})
		}
	}
	return kinds
}
