using Esb.Agent.Tests.Driving;

namespace Esb.Agent.Tests.Workers;

public sealed class MemoryTests
{
    [Test]
    public async Task A_Python_function_cannot_use_more_memory_than_its_limit_and_the_headroom()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.PythonAsync("def handler(event, context): return len(bytearray(event * 1024 * 1024))");

        await Assert.That((await stage.Api.InvokeAsync(worker.Address, "64")).Body).IsEqualTo("67108864");
        if (worker.Description.Contains("cgroup", StringComparison.Ordinal))
        {
            _ = stage.Api.InvokeAsync(worker.Address, "1024");
            await Assert.That((await stage.Session.ExitAsync(worker.Id)).OutOfMemory).IsTrue();
        }
        else
        {
            await Assert.That(worker.Description).Contains("128 MiB + 128 MiB head room of data (RLIMIT_DATA)");
            await Assert.That((await stage.Api.InvokeAsync(worker.Address, "1024")).ErrorType).IsEqualTo("MemoryError");
        }
    }

    [Test]
    public async Task A_node_function_over_its_limit_ends_and_is_reported_as_out_of_memory()
    {
        await using var stage = await Stage.SetAsync();
        var worker = await stage.NodeAsync(
            "exports.handler = async () => { const all = []; for (;;) all.push(new Array(100000).fill({ a: 1 })); };");

        _ = stage.Api.InvokeAsync(worker.Address, "{}");
        var exited = await stage.Session.ExitAsync(worker.Id);

        await Assert.That(exited.OutOfMemory).IsTrue();
        await Assert.That(exited.Reason).StartsWith("signal: ");
    }
}
