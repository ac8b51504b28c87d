using System.Globalization;
using System.Net;
using Esb.Schema.Diagnostics;
using Esb.Schema.Yaml;

namespace Esb.Sam.Resolving;

/// <summary><c>Fn::Cidr</c>: the address blocks of a network. Source: CloudFormation User Guide, "Fn::Cidr".</summary>
internal static class Networks
{
    public static YamlNode? Cidr(Resolver resolver, YamlNode argument)
    {
        if (argument is YamlSequence { Items: { Count: 2 or 3 } items }
            && IPNetwork.TryParse(resolver.Text(items[0], "Fn::Cidr"), out var network)
            && network.BaseAddress.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork
            && Number(resolver, items[1], 1, 256) is { } count
            && (items.Count < 3 ? 8 : Number(resolver, items[2], 1, 32)) is { } bits
            && ((long)count << bits) <= 1L << (32 - network.PrefixLength))
        {
            var first = BitConverter.ToUInt32([.. network.BaseAddress.GetAddressBytes().Reverse()]);
            var blocks = Enumerable.Range(0, count).Select(i => $"{Address(first + ((uint)i << bits))}/{32 - bits}");
            return new YamlSequence([.. blocks.Select(b => new YamlScalar(b, place: argument.Place))], argument.Place);
        }

        resolver.Diagnostics.Error(
            DiagnosticCodes.WrongValue,
            "Fn::Cidr needs an IPv4 block, a number of blocks that fit into it, and their size in bits",
            argument,
            "for example !Cidr [10.0.0.0/16, 4, 8]");
        return null;
    }

    private static IPAddress Address(uint value) => new([.. BitConverter.GetBytes(value).Reverse()]);

    private static int? Number(Resolver resolver, YamlNode node, int least, int most) =>
        int.TryParse(resolver.Text(node, "Fn::Cidr"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= least
            && number <= most
            ? number
            : null;
}
