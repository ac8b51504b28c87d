using System.Text;
using Esb.Schema.Files;

namespace Esb.Schema.Tests.Files;

internal sealed class EmptyStartTests
{
    [Test]
    [Arguments("")]
    [Arguments("\uFEFF# none\n\n")]
    [Arguments("---\n")]
    [Arguments("functions:")]
    [Arguments("functions: null\n")]
    [Arguments("# yaml-language-server: $schema=x\nversion: 1\nfunctions: ~\n")]
    [Arguments("defaults: { timeout: 3 }\nfunctions:\n")]
    [Arguments("version: 1\n")]
    [Arguments("{routes: }")]
    [Arguments("resources:\n  dynamodb:\n  s3: null\n")]
    public async Task A_file_of_keys_without_values_has_no_content(string text) =>
        await Assert.That(EmptyStart.SaysNothing(Encoding.UTF8.GetBytes(text))).IsTrue();

    [Test]
    [Arguments("{}")]
    [Arguments("functions: {}\n")]
    [Arguments("routes: []\n")]
    [Arguments("resources: {}\n")]
    [Arguments("functions:\n  a: { code: /a, runtime: python3.12 }\n")]
    [Arguments("resources:\n  dynamodb:\n  s3: [ { BucketName: files } ]\n")]
    [Arguments("[ no mapping ]")]
    [Arguments("functions: {")]
    public async Task An_explicitly_empty_file_and_one_with_content_are_accepted(string text) =>
        await Assert.That(EmptyStart.SaysNothing(Encoding.UTF8.GetBytes(text))).IsFalse();
}
