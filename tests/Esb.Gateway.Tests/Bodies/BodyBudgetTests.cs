using CsCheck;
using Esb.Gateway.Bodies;

namespace Esb.Gateway.Tests.Bodies;

internal sealed class BodyBudgetTests
{
    [Test]
    public async Task Bodies_together_never_use_more_than_the_budget_and_return_all_of_it()
    {
        var budget = new BodyBudget(100);
        using (var one = budget.Open())
        {
            await Assert.That(one.TryGrow(60)).IsTrue();
            using var two = budget.Open();
            await Assert.That(two.TryGrow(40)).IsTrue();
            await Assert.That(two.TryGrow(41)).IsFalse();
            await Assert.That(one.TryGrow(50)).IsTrue();
        }

        using var all = budget.Open();
        await Assert.That(all.TryGrow(101)).IsFalse();
        await Assert.That(all.TryGrow(100)).IsTrue();
    }

    [Test]
    public void The_budget_is_complete_after_many_threads_have_used_it() =>
        Gen.Int[1, 40].Array[1, 50].Sample(
            sizes =>
            {
                var budget = new BodyBudget(60);
                Parallel.ForEach(sizes, size =>
                {
                    using var share = budget.Open();
                    share.TryGrow(size);
                    share.TryGrow(size * 2);
                });
                using var all = budget.Open();
                return all.TryGrow(60);
            },
            iter: 300);
}
