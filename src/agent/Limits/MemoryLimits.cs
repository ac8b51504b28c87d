using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Esb.Agent.Limits;

/// <summary>Creates the memory limit of each worker, by cgroups where the agent may create them.</summary>
/// <param name="parent">The parent of new cgroups; null when cgroups cannot be used.</param>
/// <param name="owner">The agent's name; leftovers with this name are removed.</param>
internal sealed class MemoryLimits(string? parent, string owner)
{
    private readonly string _prefix =
        $"esb-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(owner)))[..12]}-";
    private int _last;

    public MemoryLimit For(int mebibytes)
    {
        if (parent is null)
            return new MemoryLimit(mebibytes, null);
        var number = Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
        return new MemoryLimit(
            mebibytes, WorkerCgroup.Make(Path.Combine(parent, _prefix + number), mebibytes * MemoryLimit.Mebibyte));
    }

    /// <summary>Removes the cgroups of an agent that died and kills what still runs in them.</summary>
    public Task RemoveLeftoversAsync() =>
        parent is null
            ? Task.CompletedTask
            : Task.WhenAll(Directory.GetDirectories(parent, _prefix + "*")
                .Select(folder => new WorkerCgroup(folder).RemoveAsync()));
}
