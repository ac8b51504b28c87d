using Esb.Gateway.Workers;
using Esb.Schema.Functions;

namespace Esb.Gateway.Tests.Workers;

internal sealed class PoolLimitsTests
{
    [Test]
    [Arguments(null, null, null, null, 0, 10)]
    [Arguments(1, 5, null, null, 1, 5)]
    [Arguments(null, null, 50, null, 0, 50)]
    [Arguments(null, 5, 50, null, 0, 5)]
    [Arguments(null, 50, 5, null, 0, 5)]
    [Arguments(null, null, 0, 2, 0, 0)]
    [Arguments(null, null, null, 3, 3, 10)]
    [Arguments(1, null, null, 20, 20, 20)]
    [Arguments(8, 5, null, null, 5, 5)]
    public async Task Reserved_concurrency_bounds_the_workers_and_provisioned_concurrency_keeps_them(
        int? min,
        int? max,
        int? reserved,
        int? provisioned,
        int least,
        int most)
    {
        var function = new FunctionDefinition
        {
            Name = "f",
            Scaling = new Scaling(min, max, null, null),
            ReservedConcurrency = reserved,
            ProvisionedConcurrency = provisioned,
        };
        var limits = PoolLimits.From(function, FunctionDefaults.None);
        await Assert.That((limits.MinCapacity, limits.MaxCapacity, limits.Reserved)).IsEqualTo((least, most, reserved));
    }
}
