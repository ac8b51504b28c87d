using Esb.Cli.Containers;

namespace Esb.Cli.Tests.Images;

/// <summary>What is taken from the output of BuildKit.</summary>
internal sealed class BuildOutputTests
{
    // The output of docker buildx 0.13.
    private static readonly string[] Failed =
    [
        "#4 [1/3] FROM esb-lambda-base:python3.12",
        "#5 [2/3] COPY code/ /var/task/",
        "#5 CACHED",
        "#6 [dependencies 3/3] RUN npm ci",
        "#6 0.412 npm error code E404",
        "#6 ERROR: process \"/bin/sh -c npm ci\" did not complete successfully: exit code: 1",
        "------",
        " > [dependencies 3/3] RUN npm ci:",
        "0.412 npm error code E404",
        "0.413 npm error 404 Not Found",
        "------",
        "Dockerfile:3",
        "--------------------",
        "ERROR: failed to solve: process \"/bin/sh -c npm ci\" did not complete successfully: exit code: 1",
    ];

    [Test]
    public async Task The_step_that_failed_is_shown_with_its_own_output_and_nothing_else()
    {
        await Assert.That(BuildOutput.Failure(Failed)).IsEquivalentTo(
            (string[])["[dependencies 3/3] RUN npm ci", "npm error code E404", "npm error 404 Not Found"]);
        await Assert.That(BuildOutput.Reason(Failed))
            .IsEqualTo("process \"/bin/sh -c npm ci\" did not complete successfully: exit code: 1");
    }

    [Test]
    public async Task Without_such_a_block_the_last_lines_are_shown()
    {
        await Assert.That(BuildOutput.Failure(["one", "", "ERROR: two"]))
            .IsEquivalentTo((string[])["one", "ERROR: two"]);
        await Assert.That(BuildOutput.Reason([])).IsEqualTo("no reason is given");
    }

    [Test]
    [Arguments("#5 [2/3] COPY code/ /var/task/", "COPY code/ /var/task/")]
    [Arguments("#6 [dependencies 3/3] RUN npm ci", "RUN npm ci")]
    [Arguments("#6 0.412 npm error code E404", null)]
    [Arguments("#1 [internal] load build definition from Dockerfile", null)]
    public async Task Only_a_line_that_begins_a_step_is_progress(string line, string? step)
    {
        await Assert.That(BuildOutput.Step(line)).IsEqualTo(step);
    }
}
