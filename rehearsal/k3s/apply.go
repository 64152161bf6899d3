package main

import (
	"fmt"
	"os"

	"github.com/rancher/wrangler/v3/pkg/apply"
	"github.com/rancher/wrangler/v3/pkg/objectset"
	"github.com/rancher/wrangler/v3/pkg/yaml"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/rest"
	"k8s.io/client-go/tools/clientcmd"
)

// applyManifests applies files as K3s applies what is in its manifests folder, once each.
func applyManifests(arguments []string) error {
	if len(arguments) < 2 {
		return fmt.Errorf("usage: k3s apply-manifests KUBECONFIG FILE...")
	}
	config, err := clientcmd.BuildConfigFromFlags("", arguments[0])
	if err != nil {
		return err
	}
	for _, path := range arguments[1:] {
		if err := applyFile(config, path); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
	}
	return nil
}

func applyFile(config *rest.Config, path string) error {
	as, err := applier(config)
	if err != nil {
		return err
	}
	objects, err := objectsOf(path)
	if err != nil {
		return err
	}
	return as.WithSetID(path).Apply(objects)
}

// applier is the library that K3s' deploy controller uses, with its three-way merge from the annotation that the apply
// before left.
func applier(config *rest.Config) (apply.Apply, error) {
	discovered, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return nil, err
	}
	return apply.New(discovered, apply.NewClientFactory(config)).
		WithDynamicLookup().
		WithDefaultNamespace("kube-system"), nil
}

func objectsOf(path string) (*objectset.ObjectSet, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	objects, err := yaml.ToObjects(file)
	if err != nil {
		return nil, err
	}
	return objectset.NewObjectSet(objects...), nil
}
