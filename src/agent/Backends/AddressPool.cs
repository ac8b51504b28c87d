using System.Buffers.Binary;
using System.Net;

namespace Esb.Agent.Backends;

/// <summary>
/// Gives each running worker its own address from a range. It goes round the range from a random start, so that two
/// agents rarely collide and an address is not reused soon after its worker has ended.
/// </summary>
/// <param name="first">The lowest address of the range.</param>
/// <param name="last">The highest address of the range.</param>
/// <param name="start">The offset of the first address to use; may be larger than the range.</param>
internal sealed class AddressPool(uint first, uint last, uint start)
{
    // Guards _next and _taken.
    private readonly Lock _gate = new();
    private readonly HashSet<uint> _taken = [];
    private uint _next = first + (start % (last - first + 1));

    /// <summary>127.64.0.0–127.127.255.255.</summary>
    public static AddressPool Loopback() => new(0x7F400000, 0x7F7FFFFF, (uint)Random.Shared.Next());

    /// <exception cref="CannotStartException">All addresses are in use.</exception>
    public IPAddress Take()
    {
        lock (_gate)
        {
            for (var tried = 0u; tried <= last - first; tried++)
            {
                var candidate = _next;
                _next = candidate == last ? first : candidate + 1;
                // People and some programs mistake these for a network or broadcast address.
                if ((candidate & 0xFF) is not (0 or 0xFF) && _taken.Add(candidate))
                    return ToAddress(candidate);
            }
        }

        throw new CannotStartException($"all addresses for workers are taken, {ToAddress(first)} to {ToAddress(last)}; "
            + "give the workers a larger network");
    }

    public void Return(IPAddress address)
    {
        lock (_gate)
            _taken.Remove(ToNumber(address));
    }

    public static uint ToNumber(IPAddress address) => BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes());

    private static IPAddress ToAddress(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }
}
