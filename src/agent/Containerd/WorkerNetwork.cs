using System.Globalization;
using System.Net;
using Esb.Agent.Backends;

namespace Esb.Agent.Containerd;

/// <summary>
/// The workers' network on containerd's machine, read from the file <c>network</c> beside the socket, which that
/// machine writes. Workers get the upper half of the addresses; the lower half is for everything else.
/// </summary>
/// <param name="Bridge">The bridge that workers are attached to.</param>
/// <param name="Node">The machine's own address in the network, which also serves DNS.</param>
/// <param name="PrefixLength">Prefix length of the network.</param>
/// <param name="Gateway">The default gateway; null if there is none.</param>
internal sealed record WorkerNetwork(string Bridge, IPAddress Node, int PrefixLength, IPAddress? Gateway)
{
    private const int Bits = 32;

    /// <summary>The lowest address for workers.</summary>
    public uint First => Base | (1u << (Bits - PrefixLength - 1));

    /// <summary>The highest address for workers, below the broadcast address.</summary>
    public uint Last => Base | ((1u << (Bits - PrefixLength)) - 2);

    private uint Base => AddressPool.ToNumber(Node) & (uint.MaxValue << (Bits - PrefixLength));

    /// <exception cref="EngineUnavailableException">The file does not exist yet, or is incomplete.</exception>
    public static WorkerNetwork Read(string file)
    {
        try
        {
            return Parse(File.ReadAllLines(file)) ?? throw new EngineUnavailableException(
                $"{file} is incomplete: it must have bridge=NAME, address=ADDRESS/LENGTH with a length of 8 to 29, "
                    + "and may have gateway=ADDRESS");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineUnavailableException(
                $"the network of workers is not known: {e.Message}; start runtime-node, which writes it");
        }
    }

    /// <returns>Null when something is missing or wrong.</returns>
    public static WorkerNetwork? Parse(IEnumerable<string> lines)
    {
        var values = lines.Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.Ordinal);
        if (values["bridge"].FirstOrDefault() is not { Length: > 0 } bridge
            || values["address"].FirstOrDefault()?.Split('/') is not [var text, var length])
            return null;
        if (!IPAddress.TryParse(text, out var node)
            || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix)
            || prefix is < 8 or > 29)
            return null;
        return new WorkerNetwork(
            bridge,
            node,
            prefix,
            IPAddress.TryParse(values["gateway"].FirstOrDefault(), out var gateway) ? gateway : null);
    }

    /// <summary>The configuration for the CNI plugins. Source: CNI, "Plugins Reference", bridge and static.</summary>
    public CniNetwork Attach(IPAddress worker) => new(
        "0.4.0",
        "esb",
        "bridge",
        Bridge,
        new CniAddresses(
            "static",
            [new CniAddress($"{worker}/{PrefixLength}", Gateway?.ToString())],
            Gateway is null ? [] : [new CniRoute("0.0.0.0/0", Gateway.ToString())]));
}
