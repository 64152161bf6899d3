// Applies files of manifests as K3s applies what is in its manifests folder: by the library that its deploy controller
// uses, with its three-way merge from the annotation that the apply before left.
package main

import (
	"fmt"
	"os"

	"github.com/rancher/wrangler/v3/pkg/apply"
	"github.com/rancher/wrangler/v3/pkg/objectset"
	"github.com/rancher/wrangler/v3/pkg/yaml"
	"k8s.io/client-go/discovery"
	"k8s.io/client-go/tools/clientcmd"
)

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: k3s-apply KUBECONFIG FILE...")
		os.Exit(2)
	}
	for _, file := range os.Args[2:] {
		if err := applyFile(os.Args[1], file); err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", file, err)
			os.Exit(1)
		}
	}
}

func applyFile(kubeconfig, path string) error {
	config, err := clientcmd.BuildConfigFromFlags("", kubeconfig)
	if err != nil {
		return err
	}
	discovered, err := discovery.NewDiscoveryClientForConfig(config)
	if err != nil {
		return err
	}
	file, err := os.Open(path)
	if err != nil {
		return err
	}
	defer file.Close()
	objects, err := yaml.ToObjects(file)
	if err != nil {
		return err
	}
	return apply.New(discovered, apply.NewClientFactory(config)).
		WithDynamicLookup().
		WithDefaultNamespace("kube-system").
		WithSetID(path).
		Apply(objectset.NewObjectSet(objects...))
}
