using System.Diagnostics;
using System.Text.Json.Nodes;

namespace Esb.Dynalite.Tests.Folders;

/// <summary>The LevelDB of Node.js, in a process that does one task after the other.</summary>
internal sealed class RealLevelDb : IDisposable
{
    private readonly Process _process;

    private RealLevelDb(Process process) => _process = process;

    public static async Task<RealLevelDb> StartAsync()
    {
        var script = Path.Combine(DynalitePackages.Source, "level.cjs");
        return new RealLevelDb(Process.Start(
            new ProcessStartInfo("node", [script, await DynalitePackages.FolderAsync()])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            })!);
    }

    /// <summary>Writes batches, and closes the folder. Null deletes a key.</summary>
    public async Task WriteAsync(
        string folder, IEnumerable<IReadOnlyList<(byte[] Key, byte[]? Value)>> batches, bool compact = false)
    {
        var lists = batches.Select(batch => new JsonArray([.. batch.Select(Pair)]));
        var result = await RunAsync(new JsonObject
        {
            ["task"] = "write",
            ["folder"] = folder,
            ["batches"] = new JsonArray([.. lists]),
            ["compact"] = compact,
        });
        if (result["error"] is { } error)
            throw new InvalidOperationException(error.ToString());
    }

    /// <summary>
    /// All entries as hexadecimal text; null if LevelDB does not open the folder, or does not read it.
    /// </summary>
    public async Task<IReadOnlyList<string>?> ReadAsync(string folder)
    {
        var result = await RunAsync(new JsonObject { ["task"] = "dump", ["folder"] = folder });
        return result["entries"] is JsonArray entries
            ? [.. entries.Select(entry => EntryText.Of(Bytes(entry![0]!), Bytes(entry[1]!)))]
            : null;
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static byte[] Bytes(JsonNode text) => Convert.FromBase64String(text.GetValue<string>());

    private static JsonArray Pair((byte[] Key, byte[]? Value) write) =>
        [Convert.ToBase64String(write.Key), write.Value is { } value ? Convert.ToBase64String(value) : null];

    private async Task<JsonNode> RunAsync(JsonObject task)
    {
        await _process.StandardInput.WriteLineAsync(task.ToJsonString());
        return JsonNode.Parse((await _process.StandardOutput.ReadLineAsync())!)!;
    }
}
