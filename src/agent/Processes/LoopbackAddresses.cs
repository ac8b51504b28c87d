using System.Buffers.Binary;
using System.Net;

namespace Esb.Agent.Processes;

/// <summary>
/// An own loopback address for each living worker, from 127.64.0.0–127.127.255.255. It goes round that range from a random start,
/// so that two agents seldom meet and an address is not used again soon after its worker has gone.
/// </summary>
internal sealed class LoopbackAddresses(uint start)
{
    public const uint First = 0x7F400000;
    public const uint Last = 0x7F7FFFFF;

    // Guards _next and _taken.
    private readonly Lock _gate = new();
    private readonly HashSet<uint> _taken = [];
    private uint _next = First + (start % (Last - First + 1));

    public LoopbackAddresses()
        : this((uint)Random.Shared.Next())
    {
    }

    public IPAddress Take()
    {
        lock (_gate)
        {
            while (true)
            {
                var candidate = _next;
                _next = candidate == Last ? First : candidate + 1;
                // Numbers that look like a network or a broadcast to people and to some programs.
                if ((candidate & 0xFF) is not (0 or 0xFF) && _taken.Add(candidate))
                    return ToAddress(candidate);
            }
        }
    }

    public void Return(IPAddress address)
    {
        lock (_gate)
            _taken.Remove(BinaryPrimitives.ReadUInt32BigEndian(address.GetAddressBytes()));
    }

    private static IPAddress ToAddress(uint number)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, number);
        return new IPAddress(bytes);
    }
}
