using Esb.Engine.Tests.Engines;
using Grpc.Core;

namespace Esb.Engine.Tests.Workers;

public sealed class LocalImageTests
{
    [Test]
    [Arguments("esb-orders:prod-3f9c21d0")]
    [Arguments("esb-team/orders:1")]
    public async Task A_missing_local_image_is_not_fetched_from_a_registry_that_its_name_does_not_include(
        string image)
    {
        await using var stage = await EngineStage.SetAsync();
        var request = stage.Request();
        request.Image = image;

        var refusal = await stage.Session.RefusalAsync(request);

        await Assert.That(refusal.StatusCode).IsEqualTo(StatusCode.FailedPrecondition);
        await Assert.That(refusal.Status.Detail).StartsWith($"the image {image} is not on this machine, "
            + "and its name has no registry from which it could be fetched; deploy again");
    }

    [Test]
    public async Task Files_in_tmp_do_not_use_the_memory_of_the_function()
    {
        await using var stage = await EngineStage.SetAsync();
        var request = stage.Request("app.temporary", memory: 64);
        var started = await stage.Session.StartAsync(request);
        await stage.Api.AskedAsync(started.Address);

        var answer = await stage.Api.InvokeAsync(started.Address, """{"mebibytes":300}""");

        await Assert.That(answer.Body).IsEqualTo("300");
    }
}
