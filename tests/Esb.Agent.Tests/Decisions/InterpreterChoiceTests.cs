using Esb.Agent.Backends;
using Esb.Agent.Runtimes;
using Esb.Interpreters;

namespace Esb.Agent.Tests.Decisions;

public sealed class InterpreterChoiceTests
{
    [Test]
    public async Task The_first_interpreter_of_exactly_the_wanted_version_is_chosen()
    {
        var chosen = Choose("python3.12", "3.11.2", "3.12.1", "3.12.4");

        await Assert.That(chosen?.Version).IsEqualTo("3.12.1");
    }

    [Test]
    public async Task Another_release_of_Python_3_is_used_when_the_wanted_one_is_missing()
    {
        await Assert.That(Choose("python3.12", "2.7.18", "3.6.9", "3.11.2")?.Version).IsEqualTo("3.11.2");
        await Assert.That(Choose("python3.12", "2.7.18", "3.6.9")).IsNull();
        await Assert.That(Choose("python3.1", "3.12.4", "3.1.5")?.Version).IsEqualTo("3.1.5");
    }

    [Test]
    public async Task Node_is_chosen_by_its_major_version_and_never_one_too_old()
    {
        await Assert.That(Choose("nodejs20.x", "22.1.0", "20.9.0")?.Version).IsEqualTo("20.9.0");
        await Assert.That(Choose("nodejs20.x", "14.2.0", "18.1.0")?.Version).IsEqualTo("18.1.0");
        await Assert.That(Choose("nodejs20.x", "12.22.9")).IsNull();
    }

    [Test]
    [Arguments("java21")]
    [Arguments("python2.7")]
    [Arguments("python3.")]
    [Arguments("nodejs")]
    [Arguments("nodejs20")]
    [Arguments("providedx")]
    [Arguments("")]
    public async Task A_runtime_that_process_mode_does_not_support_is_refused_by_name(string text)
    {
        var refusal = Assert.Throws<CannotStartException>(() => RuntimeName.Parse(text));

        await Assert.That(refusal.Message)
            .EndsWith("process mode serves python3.x, nodejs16.x and later, and provided.*");
    }

    [Test]
    public async Task Only_a_path_and_a_version_are_accepted_as_the_answer_of_an_interpreter()
    {
        await Assert.That(InterpreterQuery.Parse("/usr/bin/python3\n3.11.2\n"))
            .IsEqualTo(new Interpreter("/usr/bin/python3", "3.11.2"));
        await Assert.That(InterpreterQuery.Parse("pyenv: python3.13: command not found\n")).IsNull();
        await Assert.That(InterpreterQuery.Parse("a\nb\n")).IsNull();
    }

    private static Interpreter? Choose(string runtime, params string[] versions) =>
        WantedInterpreter.Of(runtime)!.Choose([.. versions.Select((version, i) => new Interpreter($"/p{i}", version))]);
}
