using System.Globalization;
using System.Net;
using Esb.Agent.Backends;

namespace Esb.Agent.Containerd;

/// <summary>
/// The network that containerd's machine has for workers, as that machine writes it into the file <c>network</c> beside the socket.
/// Workers get the upper half of its addresses; the lower half is for whatever else is on it.
/// </summary>
/// <param name="Bridge">The bridge that workers are attached to.</param>
/// <param name="Node">The machine's own address there, which also answers DNS.</param>
/// <param name="PrefixLength">Of the network.</param>
/// <param name="Gateway">The way out; null: there is none.</param>
internal sealed record WorkerNetwork(string Bridge, IPAddress Node, int PrefixLength, IPAddress? Gateway)
{
    private const int Bits = 32;

    /// <summary>The lowest address of workers.</summary>
    public uint First => Base | (1u << (Bits - PrefixLength - 1));

    /// <summary>The highest one, below the broadcast address.</summary>
    public uint Last => Base | ((1u << (Bits - PrefixLength)) - 2);

    private uint Base => AddressPool.ToNumber(Node) & (uint.MaxValue << (Bits - PrefixLength));

    /// <exception cref="EngineUnavailableException">There is no such file yet, or it is not whole.</exception>
    public static WorkerNetwork Read(string file)
    {
        try
        {
            return Parse(File.ReadAllLines(file)) ?? throw new EngineUnavailableException($"{file} is not whole: it must have bridge=NAME, address=ADDRESS/LENGTH with a length of 8 to 29, and may have gateway=ADDRESS");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EngineUnavailableException($"the network of workers is not known: {e.Message}; start runtime-node, which writes it");
        }
    }

    /// <returns>Null when something is missing or wrong.</returns>
    public static WorkerNetwork? Parse(IEnumerable<string> lines)
    {
        var values = lines.Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0].Trim(), pair => pair[1].Trim(), StringComparer.Ordinal);
        if (values["bridge"].FirstOrDefault() is not { Length: > 0 } bridge || values["address"].FirstOrDefault()?.Split('/') is not [var text, var length])
            return null;
        if (!IPAddress.TryParse(text, out var node) || !int.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) || prefix is < 8 or > 29)
            return null;
        return new WorkerNetwork(bridge, node, prefix, IPAddress.TryParse(values["gateway"].FirstOrDefault(), out var gateway) ? gateway : null);
    }

    /// <summary>What the CNI plugins are told. Source: CNI, "Plugins Reference", bridge and static.</summary>
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
