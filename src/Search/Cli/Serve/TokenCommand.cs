using System.CommandLine;
using System.Text.Json;
using Bitcurve.Search.Api.Security;
using Bitcurve.Search.Hosting.Local;

namespace Bitcurve.Search.Cli.Serve;

/// <summary><c>bitcurve token create</c>: makes tokens for a server.</summary>
internal static class TokenCommand
{
    private static readonly Option<string> RoleOption = new("--role") { Description = "admin (everything), worker (takes jobs) or viewer (reads).", Required = true };
    private static readonly Option<string?> Name = new("--name") { Description = "Whose it is: letters, digits, dashes, dots, underscores [default: the role]." };
    private static readonly Option<string> TokenFilePath = new("--token-file") { Description = "The server's token file.", DefaultValueFactory = _ => ServerFolder.TokensIn("bitcurve-data") };
    private static readonly Option<bool> Json = new("--json") { Description = "Print token, role, name and id as JSON." };

    internal static Command Create() => new("token", "Tokens that let users and workers in.") { CreateToken() };

    private static Command CreateToken()
    {
        var command = new Command("create", "Adds a token and prints it, once: the file keeps only its hash. A line less in the file takes it back.")
        {
            RoleOption, Name, TokenFilePath, Json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            Role role = RoleOf(parsed.GetValue(RoleOption)!);
            string roleName = role.ToString().ToLowerInvariant();
            string name = parsed.GetValue(Name) ?? roleName;
            string token = Token.New();
            string id = Token.IdOf(token)!;
            TimeProvider time = TimeProvider.System;
            await TokenFile.AppendAsync(
                parsed.GetValue(TokenFilePath)!, new TokenEntry(role, name, id, Token.HashOf(token), time.GetUtcNow()), time, cancellation);
            Console.Out.WriteLine(parsed.GetValue(Json) ? JsonSerializer.Serialize(new { token, role = roleName, name, id }) : token);
            return CommandLine.Success;
        });
        return command;
    }

    // Not the parser's own enumeration: it would take numbers too.
    private static Role RoleOf(string name) => name switch
    {
        "admin" => Role.Admin,
        "worker" => Role.Worker,
        "viewer" => Role.Viewer,
        _ => throw new ArgumentException($"--role: expected admin, worker or viewer, actual '{name}'"),
    };
}
