using Esb.Cli.Platform;
using Esb.Cli.Settings;
using Esb.Interpreters;

namespace Esb.Cli.Tests.Platform;

internal sealed class KnownInterpretersTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("esb-known-").FullName;

    [Test]
    public async Task A_program_is_asked_for_its_version_once_and_again_if_its_file_is_another_one()
    {
        var state = new StateFolder(_root);
        var program = Path.Combine(_root, "python3");
        await File.WriteAllTextAsync(program, "one");
        var asked = 0;
        Task<Interpreter?> AskAsync() => Task.FromResult<Interpreter?>(new Interpreter(program, $"3.{++asked}.0"));

        var first = KnownInterpreters.Read(state);
        await Assert.That((await first.OfAsync(program, AskAsync))!.Version).IsEqualTo("3.1.0");
        await Assert.That((await first.OfAsync(program, AskAsync))!.Version).IsEqualTo("3.1.0");
        first.Write();
        await Assert.That((await KnownInterpreters.Read(state).OfAsync(program, AskAsync))!.Version).IsEqualTo("3.1.0");
        await File.WriteAllTextAsync(program, "another");
        await Assert.That((await KnownInterpreters.Read(state).OfAsync(program, AskAsync))!.Version).IsEqualTo("3.2.0");
        await File.WriteAllTextAsync(state.InterpretersFile, "{ damaged");
        await Assert.That((await KnownInterpreters.Read(state).OfAsync(program, AskAsync))!.Version).IsEqualTo("3.3.0");
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
