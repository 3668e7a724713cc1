import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/**
 * One OpenSearch node in a process of its own, on the loopback address.
 *
 * Arguments: the folder for its data, its name, its HTTP port, its transport port, the transport addresses
 * of all nodes and the names of the first ones, with commas between them; then further settings, as
 * name=value, and classes of plugins.
 */
public final class Node {
    public static void main(String[] given) throws InterruptedException {
        OpenSearchRunner runner = new OpenSearchRunner();
        List<String> more = Arrays.asList(given).subList(6, given.length);
        String plugins = more.stream().filter(one -> !one.contains("=")).collect(Collectors.joining(","));
        runner.onBuild((number, settings) -> {
            settings.put("node.name", given[1]);
            settings.put("http.port", given[2]);
            settings.put("transport.port", given[3]);
            settings.put("network.host", "127.0.0.1");
            settings.putList("discovery.seed_hosts", given[4].split(","));
            settings.putList("cluster.initial_cluster_manager_nodes", given[5].split(","));
            settings.put("cluster.routing.allocation.disk.threshold_enabled", false);
            settings.put("cluster.fault_detection.follower_check.timeout", "2s");
            settings.put("cluster.fault_detection.leader_check.timeout", "2s");
            settings.put("action.destructive_requires_name", true);
            settings.put("discovery.type", "zen");
            more.stream().filter(one -> one.contains("=")).forEach(one -> {
                String[] pair = one.split("=", 2);
                settings.put(pair[0], pair[1]);
            });
        });
        runner.build(
            OpenSearchRunner.newConfigs()
                .clusterName("imr-search-test")
                .basePath(Path.of(given[0]).toString())
                .pluginTypes(plugins)
                .numOfNode(1));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                runner.close();
            } catch (java.io.IOException error) {
                System.err.println(error);
            }
        }));
        new CountDownLatch(1).await();
    }
}
