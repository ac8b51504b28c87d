using System.Net;
using Esb.Agent.Backends;
using Esb.Agent.Containerd;

namespace Esb.Agent.Tests.Containers;

public sealed class WorkerNetworkTests
{
    [Test]
    [Arguments("172.30.0.4/16", "172.30.128.0", "172.30.255.254")]
    [Arguments("10.79.5.1/22", "10.79.6.0", "10.79.7.254")]
    [Arguments("192.168.1.2/29", "192.168.1.4", "192.168.1.6")]
    public async Task Workers_get_the_upper_half_of_the_network_without_its_broadcast_address(
        string address,
        string first,
        string last)
    {
        var network = WorkerNetwork.Parse(["bridge=esb0", $"address={address}"])!;

        await Assert.That(network.First).IsEqualTo(AddressPool.ToNumber(IPAddress.Parse(first)));
        await Assert.That(network.Last).IsEqualTo(AddressPool.ToNumber(IPAddress.Parse(last)));
        await Assert.That(network.Gateway).IsNull();
    }

    [Test]
    [Arguments("bridge=esb0")]
    [Arguments("address=10.0.0.1/16")]
    [Arguments("bridge=esb0\naddress=10.0.0.1")]
    [Arguments("bridge=esb0\naddress=10.0.0.1/31")]
    [Arguments("bridge=esb0\naddress=here/16")]
    public async Task An_incomplete_file_is_not_a_network(string text)
    {
        await Assert.That(WorkerNetwork.Parse(text.Split('\n'))).IsNull();
    }

    [Test]
    public async Task A_missing_network_file_counts_as_an_unavailable_engine()
    {
        await Assert.That(() => WorkerNetwork.Read("/no/such/network")).Throws<EngineUnavailableException>();
    }
}
