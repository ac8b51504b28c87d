using Esb.Stores.Tests.Sdks.DotNet;
using Esb.Stores.Tests.Serving;

namespace Esb.Stores.Tests.Sdks;

/// <summary>An SDK, and what its methods met; it runs once, with stores of its own.</summary>
internal sealed class Sdk(string name, Func<StoresProcess, Task<IReadOnlyList<SdkRow>>> run)
{
    private readonly Lazy<Task<IReadOnlyList<SdkRow>>> _rows = new(async () =>
    {
        await using var stores = await StoresProcess.StartAsync();
        return await run(stores);
    });

    public static readonly IReadOnlyList<Sdk> All =
    [
        new("JavaScript v3", stores => Script.NodeAsync(stores, "tables.mjs", "objects.mjs", "helpers.mjs")),
        new("boto3", stores => Script.PythonAsync(stores, "tables.py", "objects.py")),
        new(".NET", async stores => [.. await TableCalls.RunAsync(stores), .. await ObjectCalls.RunAsync(stores)]),
    ];

    public string Name => name;

    public Task<IReadOnlyList<SdkRow>> RowsAsync() => _rows.Value;
}
