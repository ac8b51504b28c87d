using Esb.Cli.Staging.Contents;
using Esb.Cli.Staging.Runtimes;

namespace Esb.Cli.Tests.Staging;

internal sealed class HandlerCheckTests
{
    [Test]
    [Arguments("python3.11", "app.handler", "app.py")]
    [Arguments("python3.11", "app.handler", "app/__init__.py")]
    [Arguments("python3.11", "src.api.app.handler", "src/api/app.py")]
    [Arguments("python3.11", "src/api.handler", "src/api.py")]
    [Arguments("nodejs20.x", "index.handler", "index.js")]
    [Arguments("nodejs20.x", "index.handler", "index.mjs")]
    [Arguments("nodejs20.x", "dist/index.api.handler", "dist/index.cjs")]
    [Arguments("provided.al2023", "anything", "bootstrap")]
    public async Task The_file_that_a_handler_names_is_found_as_the_runtime_finds_it(
        string runtime,
        string handler,
        string file)
    {
        using var folder = new CodeFolder().With(file, "", executable: true);
        await Assert.That(HandlerCheck.Passes(
            new LambdaRuntime(runtime), handler, CodeLook.In(folder.Code), [], folder.Origin)).IsTrue();
        File.Delete(Path.Combine(folder.Code, file));
        await Assert.That(HandlerCheck.Passes(
            new LambdaRuntime(runtime), handler, CodeLook.In(folder.Code), [], folder.Origin)).IsFalse();
        await Assert.That(folder.Messages).Contains("template.yaml:9:7: error: Orders:");
    }

    [Test]
    public async Task A_handler_may_come_from_a_layer()
    {
        using var folder = new CodeFolder().With("layer/python/wrapper/__init__.py", "");
        var layers = (CodeLook?[])[CodeLook.In(Path.Combine(folder.Code, "layer"))];
        await Assert.That(HandlerCheck.Passes(
            new LambdaRuntime("python3.11"), "wrapper.handler", CodeLook.In(folder.Root), layers, folder.Origin))
            .IsTrue();
    }

    [Test]
    [Arguments("app")]
    [Arguments("app.")]
    [Arguments(".handler")]
    public async Task A_handler_without_module_or_function_is_an_error_that_shows_the_form(string handler)
    {
        using var folder = new CodeFolder();
        await Assert.That(HandlerCheck.Passes(
            new LambdaRuntime("python3.11"), handler, CodeLook.In(folder.Code), [], folder.Origin)).IsFalse();
        await Assert.That(folder.Messages).Contains("app.handler");
    }

    [Test]
    public async Task A_bootstrap_that_is_not_executable_is_an_error_that_says_how_to_fix_it()
    {
        using var folder = new CodeFolder().With("bootstrap", "");
        await Assert.That(HandlerCheck.Passes(
            new LambdaRuntime("provided.al2023"), null, CodeLook.In(folder.Code), [], folder.Origin)).IsFalse();
        await Assert.That(folder.Messages).Contains("chmod +x bootstrap");
    }
}
