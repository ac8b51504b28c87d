using System.Net;
using Esb.Agent.Backends;

namespace Esb.Agent.Tests.Decisions;

public sealed class AddressPoolTests
{
    private const uint First = 0x7F400000;
    private const uint Last = 0x7F7FFFFF;

    [Test]
    public async Task Running_workers_never_share_an_address_and_all_are_in_the_range()
    {
        var addresses = new AddressPool(First, Last, Last - First - 2000);
        var taken = Enumerable.Range(0, 5000).Select(_ => addresses.Take()).ToArray();

        await Assert.That(taken.Distinct().Count()).IsEqualTo(5000);
        await Assert.That(taken.All(address => address.GetAddressBytes() is [127, >= 64 and <= 127, _, > 0 and < 255]))
            .IsTrue();
        await Assert.That(taken).Contains(IPAddress.Parse("127.64.0.1"));
    }

    [Test]
    public async Task A_returned_address_is_not_reused_at_once()
    {
        var addresses = new AddressPool(First, Last, 5);
        var first = addresses.Take();
        addresses.Return(first);

        await Assert.That(Enumerable.Range(0, 1000).Select(_ => addresses.Take())).DoesNotContain(first);
    }

    [Test]
    public async Task After_the_whole_range_was_used_only_addresses_of_ended_workers_are_reused()
    {
        var addresses = new AddressPool(First, Last, 0);
        var living = addresses.Take();
        var dead = addresses.Take();
        addresses.Return(dead);
        var round = 1;
        while (!addresses.Take().Equals(dead))
            round++;

        await Assert.That(living.Equals(dead)).IsFalse();
        await Assert.That(round).IsEqualTo((0x400000 / 256 * 254) - 1);
    }

    [Test]
    public async Task An_exhausted_range_is_an_error_that_names_it()
    {
        var addresses = new AddressPool(0x0A000001, 0x0A000002, 7);
        addresses.Take();
        addresses.Take();

        await Assert.That(() => addresses.Take()).Throws<CannotStartException>()
            .WithMessage(
                "all addresses for workers are taken, 10.0.0.1 to 10.0.0.2; give the workers a larger network");
    }
}
